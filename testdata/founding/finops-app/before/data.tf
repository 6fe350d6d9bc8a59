# The application's table and its secrets.

resource "aws_dynamodb_table" "costs" {
  name         = "costs"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "account"

  attribute {
    name = "account"
    type = "S"
  }
}

resource "aws_secretsmanager_secret" "warehouse" {
  name       = "warehouse"
  kms_key_id = aws_kms_key.app.arn
}

resource "aws_secretsmanager_secret" "rates" {
  name = "rates"
}

resource "aws_secretsmanager_secret_version" "rates" {
  secret_id     = aws_secretsmanager_secret.rates.id
  secret_string = "qv-71-Harbour-Slate"
}

resource "aws_ssm_parameter" "chat_token" {
  name  = "/finops/chat-token"
  type  = "String"
  value = var.chat_token
}

resource "aws_ssm_parameter" "mail_password" {
  name  = "/finops/mail-password"
  type  = "SecureString"
  value = var.mail_password
}

variable "chat_token" {
  type      = string
  sensitive = true
}

variable "mail_password" {
  type      = string
  sensitive = true
}
