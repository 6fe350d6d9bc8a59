//! ARNs of the partition that the template is deployed to.

/// `arn:PARTITION:SERVICE:${AWS::Region}:${AWS::AccountId}:RESOURCE`, a text for `Fn::Sub`.
pub(super) fn regional(partition: &str, service: &str, resource: &str) -> String {
    format!("arn:{partition}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{resource}")
}

/// The address at which API Gateway invokes a function, a text for `Fn::Sub`; `function` is a variable such as `F.Arn`.
pub(super) fn invocation(partition: &str, function: &str) -> String {
    format!("arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function}}}/invocations")
}

/// The address at which API Gateway invokes a function that streams its response, a text for `Fn::Sub`.
pub(super) fn streaming(partition: &str, function: &str) -> String {
    format!(
        "arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/2021-11-15/functions/${{{function}}}/response-streaming-invocations"
    )
}

/// The ARN of a policy that AWS manages; `path` is `name` or `service-role/name`.
pub(super) fn managed_policy(partition: &str, path: &str) -> String {
    format!("arn:{partition}:iam::aws:policy/{path}")
}
