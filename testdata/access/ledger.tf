# A ledger: one key for a bucket and a queue, a writer, a reader in a group, an auditor by grant.

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "ledger" {
  description         = "Data of the ledger"
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "ledger" {
  key_id = aws_kms_key.ledger.key_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Import"
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.importer.arn }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com" } }
      },
      {
        Sid       = "NoGuests"
        Effect    = "Deny"
        Principal = "*"
        Action    = "kms:Decrypt"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalTag/team" = "guests" } }
      },
    ]
  })
}

resource "aws_kms_alias" "ledger" {
  name          = "alias/ledger"
  target_key_id = aws_kms_key.ledger.key_id
}

resource "aws_s3_bucket" "ledger" {
  bucket = "monthly-ledger"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "ledger" {
  bucket = aws_s3_bucket.ledger.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.ledger.arn
    }
  }
}

resource "aws_sqs_queue" "bookings" {
  name              = "bookings"
  kms_master_key_id = aws_kms_alias.ledger.name
}

resource "aws_iam_role" "importer" {
  name               = "importer"
  assume_role_policy = "{}"
}

resource "aws_iam_role" "reporter" {
  name               = "reporter"
  path               = "/batch/"
  assume_role_policy = "{}"
}

resource "aws_iam_policy" "read_ledger" {
  name = "read-ledger"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Read"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "s3:GetObject"]
      Resource = [aws_kms_key.ledger.arn, "${aws_s3_bucket.ledger.arn}/*"]
    }]
  })
}

resource "aws_iam_role_policy_attachment" "reporter" {
  role       = aws_iam_role.reporter.name
  policy_arn = aws_iam_policy.read_ledger.arn
}

resource "aws_iam_role" "other_key" {
  name               = "other-key"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "other_key" {
  role = aws_iam_role.other_key.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.closed.arn
    }]
  })
}

resource "aws_iam_user" "clerk" {
  name = "clerk"
}

resource "aws_iam_group" "books" {
  name = "books"
}

resource "aws_iam_group_membership" "books" {
  name  = "books"
  group = aws_iam_group.books.name
  users = [aws_iam_user.clerk.name]
}

resource "aws_iam_group_policy" "books" {
  group = aws_iam_group.books.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Books"
      Effect    = "Allow"
      Action    = "kms:De*"
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "sqs.eu-central-1.amazonaws.com" } }
    }]
  })
}

resource "aws_iam_role" "breakglass" {
  name                = "breakglass"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role_policy" "breakglass" {
  role = aws_iam_role.breakglass.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "NeverTheLedger"
      Effect   = "Deny"
      Action   = "kms:Decrypt"
      Resource = aws_kms_key.ledger.arn
    }]
  })
}

resource "aws_kms_grant" "audit" {
  key_id            = aws_kms_key.ledger.key_id
  grantee_principal = "arn:aws:iam::210987654321:role/auditor"
  operations        = ["Decrypt", "DescribeKey"]
  constraints {
    encryption_context_equals = { purpose = "audit" }
  }
}

# No policy lets the account decide here: policies of roles have no effect on this key.
resource "aws_kms_key" "closed" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Admin"
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.breakglass.arn }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
