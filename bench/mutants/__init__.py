"""Small deliberate mistakes in the code that decides verdicts, and the tests that must notice them."""
