"""What wrong encodings leave in a text: found here, chosen and named by the ENC rules."""
