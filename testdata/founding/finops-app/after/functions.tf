# Business logic, and the server through which the agent asks for costs.

resource "aws_lambda_function" "billing" {
  function_name      = "billing"
  role               = aws_iam_role.billing.arn
  handler            = "app.handler"
  runtime            = "python3.13"
  filename           = "billing.zip"
  kms_key_arn        = module.functions.arn
  source_kms_key_arn = module.functions.arn

  environment {
    variables = {
      TABLE        = aws_dynamodb_table.costs.name
      API_PASSWORD = aws_secretsmanager_secret.rates.arn
    }
  }
}

resource "aws_lambda_function" "mcp" {
  function_name      = "mcp"
  role               = aws_iam_role.billing.arn
  handler            = "server.handler"
  runtime            = "python3.13"
  filename           = "mcp.zip"
  kms_key_arn        = module.functions.arn
  source_kms_key_arn = module.functions.arn

  environment {
    variables = { TABLE = aws_dynamodb_table.costs.name }
  }
}

resource "aws_iam_role" "billing" {
  name = "billing"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "billing" {
  name = "data"
  role = aws_iam_role.billing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
        Resource = aws_dynamodb_table.costs.arn
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = module.tables.arn
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.eu-west-1.amazonaws.com" } }
      },
    ]
  })
}
