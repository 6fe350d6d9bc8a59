# The agent that answers questions about the bill.

resource "aws_bedrockagent_agent" "bill" {
  agent_name                  = "bill"
  agent_resource_role_arn     = aws_iam_role.agent.arn
  foundation_model            = "anthropic.claude-v2"
  customer_encryption_key_arn = module.agent.arn
}

resource "aws_iam_role" "agent" {
  name = "bill-agent"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "bedrock.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}

resource "aws_bedrockagent_agent_action_group" "costs" {
  action_group_name = "costs"
  agent_id          = aws_bedrockagent_agent.bill.agent_id
  agent_version     = "DRAFT"

  action_group_executor {
    lambda = aws_lambda_function.mcp.arn
  }
}

resource "aws_bedrock_guardrail" "bill" {
  name                      = "bill"
  blocked_input_messaging   = "Ask about costs only."
  blocked_outputs_messaging = "No answer."
  kms_key_arn               = module.agent.arn
}

resource "aws_cloudwatch_log_group" "prompts" {
  name              = "/finops/prompts"
  retention_in_days = 400
  kms_key_id        = module.logs.arn
}

resource "aws_bedrock_model_invocation_logging_configuration" "all" {
  logging_config {
    cloudwatch_config {
      log_group_name = aws_cloudwatch_log_group.prompts.name
      role_arn       = "arn:aws:iam::111122223333:role/prompts"
    }
  }
}
