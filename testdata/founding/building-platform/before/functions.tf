# What the functions may do, and where they and the alarms write.

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
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = "*"
    }]
  })
}

resource "aws_cloudwatch_log_group" "functions" {
  name              = "/aws/lambda/platform"
  retention_in_days = 90
  kms_key_id        = aws_kms_key.buckets.arn
}

resource "aws_sns_topic" "alarms" {
  name              = "platform-alarms"
  kms_master_key_id = aws_kms_key.buckets.id
}
