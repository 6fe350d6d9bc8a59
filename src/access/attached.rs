//! Which resources hold policies of roles, users and groups, and which attach them.

/// The types of roles, users and groups, with the word for them in ARNs.
pub(super) const IDENTITIES: [(&str, &str); 6] = [
    ("aws_iam_role", "role"),
    ("AWS::IAM::Role", "role"),
    ("aws_iam_user", "user"),
    ("AWS::IAM::User", "user"),
    ("aws_iam_group", "group"),
    ("AWS::IAM::Group", "group"),
];

/// The types of policies that others attach.
pub(super) const MANAGED: [&str; 2] = ["aws_iam_policy", "AWS::IAM::ManagedPolicy"];

/// Where identities hold policies themselves: a list of blocks, and the document in each.
pub(super) const INLINE: [(&str, &str, &str); 4] = [
    ("aws_iam_role", "inline_policy", "policy"),
    ("AWS::IAM::Role", "Policies", "PolicyDocument"),
    ("AWS::IAM::User", "Policies", "PolicyDocument"),
    ("AWS::IAM::Group", "Policies", "PolicyDocument"),
];

/// Where identities name managed policies.
pub(super) const NAMED: [&str; 2] = ["managed_policy_arns", "ManagedPolicyArns"];

/// A resource that brings policies to identities.
pub(super) struct Carrier {
    /// Its type.
    pub(super) ty: &'static str,
    /// The attributes that name roles, users or groups.
    pub(super) to: &'static [&'static str],
    /// The attribute with the document, or with the ARNs of managed policies.
    pub(super) from: From,
}

/// What a [`Carrier`] brings.
#[derive(Clone, Copy)]
pub(super) enum From {
    /// The document in this attribute.
    Document(&'static str),
    /// The managed policies that this attribute names.
    Arns(&'static str),
}

const ALL: &[&str] = &["Roles", "Users", "Groups"];

/// All that bring policies to identities.
pub(super) const CARRIERS: [Carrier; 14] = [
    Carrier { ty: "aws_iam_role_policy", to: &["role"], from: From::Document("policy") },
    Carrier { ty: "aws_iam_user_policy", to: &["user"], from: From::Document("policy") },
    Carrier { ty: "aws_iam_group_policy", to: &["group"], from: From::Document("policy") },
    Carrier { ty: "AWS::IAM::RolePolicy", to: &["RoleName"], from: From::Document("PolicyDocument") },
    Carrier { ty: "AWS::IAM::UserPolicy", to: &["UserName"], from: From::Document("PolicyDocument") },
    Carrier { ty: "AWS::IAM::GroupPolicy", to: &["GroupName"], from: From::Document("PolicyDocument") },
    Carrier { ty: "AWS::IAM::Policy", to: ALL, from: From::Document("PolicyDocument") },
    Carrier { ty: "AWS::IAM::ManagedPolicy", to: ALL, from: From::Document("PolicyDocument") },
    Carrier { ty: "aws_iam_role_policy_attachment", to: &["role"], from: From::Arns("policy_arn") },
    Carrier { ty: "aws_iam_user_policy_attachment", to: &["user"], from: From::Arns("policy_arn") },
    Carrier { ty: "aws_iam_group_policy_attachment", to: &["group"], from: From::Arns("policy_arn") },
    Carrier { ty: "aws_iam_policy_attachment", to: &["roles", "users", "groups"], from: From::Arns("policy_arn") },
    Carrier { ty: "aws_iam_role_policy_attachments_exclusive", to: &["role_name"], from: From::Arns("policy_arns") },
    Carrier { ty: "aws_iam_user_policy_attachments_exclusive", to: &["user_name"], from: From::Arns("policy_arns") },
];

/// Where users are put into groups: the type, the attribute with the users (`None`: it is the user), that with the groups.
pub(super) const MEMBERSHIPS: [(&str, Option<&str>, &str); 4] = [
    ("aws_iam_group_membership", Some("users"), "group"),
    ("aws_iam_user_group_membership", Some("user"), "groups"),
    ("AWS::IAM::UserToGroupAddition", Some("Users"), "GroupName"),
    ("AWS::IAM::User", None, "Groups"),
];
