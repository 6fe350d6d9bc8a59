# A budget, and the topics that tell when it is used up.

resource "aws_budgets_budget" "monthly" {
  name         = "${var.name}-monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator       = "GREATER_THAN"
    threshold                 = 80
    threshold_type            = "PERCENTAGE"
    notification_type         = "ACTUAL"
    subscriber_sns_topic_arns = [aws_sns_topic.budget.arn, aws_sns_topic.finance.arn]
  }
}

resource "aws_sns_topic" "budget" {
  name              = "${var.name}-budget"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic" "finance" {
  name              = "${var.name}-finance"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_policy" "budget" {
  arn = aws_sns_topic.budget.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Budgets"
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.budget.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "chat" {
  topic_arn = aws_sns_topic.budget.arn
  protocol  = "http"
  endpoint  = "http://chat.example.com/budget"
}
