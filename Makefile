# Khóa Sổ: one word per chore. A newcomer needs `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
SAMPLE := sample
JOBS ?= 2
export QT_LOGGING_RULES ?= qt.qpa.*=false

.PHONY: run test check format bench drill mutate build gallery clean setup

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		bash .ci/system-libraries display "$(PY)" && \
		{ test -f $(SAMPLE)/school.khoaso || $(PY) -m app sample --out $(SAMPLE); } && \
		$(PY) -m app --file $(SAMPLE)/school.khoaso; \
	else \
		echo "Không có màn hình: dựng trường mẫu, in sổ, sửa điểm, niêm phong và kiểm tra không cần cửa sổ."; \
		rm -rf out && $(PY) -m app demo --out out --classes 4 --pupils 35 && \
		$(PY) -m app verify out/drive && \
		echo "Kết quả: out/school.khoaso (tệp dữ liệu), out/books (sổ PDF), out/drive (ổ niêm phong), out/summary.json"; \
	fi

test: setup check
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) --dist loadfile -q

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -p no:randomly tests/architecture

format: setup
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m app bench

drill: setup
	KHOASO_DRILL_ROUNDS=50 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -m drill --timeout 3600

mutate: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.mutate

gallery: setup
	$(PY) -m app gallery --out gallery

build: setup
	$(VENV)/bin/pyinstaller --noconfirm --log-level WARN build.spec

setup: $(READY)

$(READY): requirements-dev.lock .ci/system-libraries
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên (python3). Hãy cài rồi chạy lại."; exit 1; }
	@bash .ci/system-libraries python "$(PYTHON)"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@bash .ci/system-libraries qt "$(PY)"
	@touch $(READY)

clean:
	rm -rf build dist out gallery $(SAMPLE) .pytest_cache .mypy_cache .ruff_cache .hypothesis
