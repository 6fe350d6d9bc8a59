# The same platform with everything sealed.

resource "aws_kms_key" "tables" {
  description             = "tables"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_dynamodb_table" "this" {
  for_each = toset(["connections", "missions", "elevators"])

  name         = "platform-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.tables.arn
  }

  point_in_time_recovery {
    enabled = true
  }
}
