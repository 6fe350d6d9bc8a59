# One key for everything that asks for one.

resource "aws_kms_key" "app" {
  description = "data of the application"
}

resource "aws_cloudwatch_log_group" "functions" {
  name              = "/finops/functions"
  retention_in_days = 400
  kms_key_id        = aws_kms_key.app.arn
}
