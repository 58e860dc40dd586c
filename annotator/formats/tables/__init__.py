"""Tables: long CSV, workbooks, Parquet, and anybody's table of articles."""
