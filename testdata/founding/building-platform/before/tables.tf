# Connections, the memory of conversations, missions, elevators.

resource "aws_dynamodb_table" "connections" {
  name             = "platform-connections"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"

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

module "memory" {
  source      = "./modules/dynamodb_table"
  name        = "platform-memory"
  kms_key_arn = aws_kms_key.tables.arn
}

module "missions" {
  source      = "./modules/dynamodb_table"
  name        = "platform-missions"
  kms_key_arn = aws_kms_key.tables.arn
}

module "elevators" {
  source  = "./modules/dynamodb_table"
  name    = "platform-elevators"
  recover = false
}
