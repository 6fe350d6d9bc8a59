# A function follows who connects: its role may decrypt what it reads.

resource "aws_lambda_function" "presence" {
  function_name      = "platform-presence"
  role               = aws_iam_role.functions.arn
  handler            = "app.handler"
  runtime            = "python3.13"
  filename           = "presence.zip"
  source_kms_key_arn = module.code_key.arn
}

resource "aws_lambda_event_source_mapping" "presence" {
  event_source_arn  = module.tables["connections"].stream_arn
  function_name     = aws_lambda_function.presence.arn
  starting_position = "LATEST"
}

resource "aws_iam_role_policy_attachment" "presence" {
  role       = aws_iam_role.functions.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"
}
