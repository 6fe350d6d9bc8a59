# What the functions may do, their secret, and where they write.

resource "aws_iam_role" "functions" {
  name = "platform-functions"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "kms_access" {
  name = "kms-access"
  role = aws_iam_role.functions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for service, key in { dynamodb = module.tables_key.arn, secretsmanager = module.secrets_key.arn } : {
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = key
      Condition = { StringEquals = { "kms:ViaService" = "${service}.eu-west-1.amazonaws.com" } }
    }]
  })
}

resource "aws_secretsmanager_secret" "model" {
  name       = "platform/model"
  kms_key_id = module.secrets_key.arn
}

resource "aws_secretsmanager_secret_rotation" "model" {
  secret_id           = aws_secretsmanager_secret.model.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_cloudwatch_log_group" "functions" {
  name              = "/aws/lambda/platform"
  retention_in_days = 400
  kms_key_id        = module.audit_key.arn
}
