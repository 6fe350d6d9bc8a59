# A function follows who connects. Its role may read the stream, but not what is in it.

resource "aws_lambda_function" "presence" {
  function_name = "platform-presence"
  role          = aws_iam_role.presence.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "presence.zip"
}

resource "aws_lambda_event_source_mapping" "presence" {
  event_source_arn  = aws_dynamodb_table.connections.stream_arn
  function_name     = aws_lambda_function.presence.arn
  starting_position = "LATEST"
}

resource "aws_iam_role" "presence" {
  name               = "platform-presence"
  assume_role_policy = aws_iam_role.functions.assume_role_policy
}

resource "aws_iam_role_policy_attachment" "presence" {
  role       = aws_iam_role.presence.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"
}
