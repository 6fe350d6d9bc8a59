# The application's table and its secrets.

resource "aws_dynamodb_table" "costs" {
  name                        = "costs"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "account"
  deletion_protection_enabled = true

  attribute {
    name = "account"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = module.tables.arn
  }
}

resource "aws_secretsmanager_secret" "warehouse" {
  name       = "warehouse"
  kms_key_id = module.secrets.arn
}

resource "aws_secretsmanager_secret_rotation" "warehouse" {
  secret_id           = aws_secretsmanager_secret.warehouse.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

# The company that sells the rates gives this one out; its value is put in by hand.
resource "aws_secretsmanager_secret" "rates" { # sealint: ignore[secretsmanager-rotation] the seller changes it once a year
  name       = "rates"
  kms_key_id = module.secrets.arn
}

resource "aws_ssm_parameter" "chat_token" {
  name   = "/finops/chat-token"
  type   = "SecureString"
  key_id = module.secrets.arn
  value  = var.chat_token
}

resource "aws_ssm_parameter" "mail_password" {
  name   = "/finops/mail-password"
  type   = "SecureString"
  key_id = module.secrets.arn
  value  = var.mail_password
}

variable "chat_token" {
  type      = string
  sensitive = true
}

variable "mail_password" {
  type      = string
  sensitive = true
}
