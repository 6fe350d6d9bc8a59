# The secret, the table, the files and the function under the key.

resource "aws_secretsmanager_secret" "login" {
  name       = "login"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_dynamodb_table" "records" {
  name         = "records"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_s3_bucket" "files" {
  bucket = "platform-files"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_lambda_function" "import" {
  function_name = "import"
  role          = aws_iam_role.functions.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "import.zip"
  kms_key_arn   = aws_kms_key.data.arn

  environment {
    variables = { TABLE = aws_dynamodb_table.records.name }
  }
}
