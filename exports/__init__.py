"""What leaves the program: PDF books, Excel, sealed media. Never queries; is handed read models."""
