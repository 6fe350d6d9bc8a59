//! What providers say of the place that is deployed to.

use super::run;
use crate::resource::Place;

fn place(text: &str) -> Place {
    run(text).evaluated.remove(0).unit.place
}

#[test]
fn providers_tell_account_and_partition() {
    let known = Place { account: Some("123456789012".into()), region: None, partition: Some("aws-cn".into()) };
    let allowed = "region = \"cn-north-1\"\n allowed_account_ids = [\"123456789012\"]";
    assert_eq!(place(&format!("provider \"aws\" {{\n {allowed}\n}}")), known);
    let role = "region = \"cn-north-1\"\n assume_role {\n role_arn = \"arn:aws-cn:iam::123456789012:role/deploy\"\n }";
    assert_eq!(place(&format!("provider \"aws\" {{\n {role}\n}}")), known);
    let other =
        |more: &str| format!("provider \"aws\" {{\n {allowed}\n}}\nprovider \"aws\" {{\n alias = \"b\"\n {more}\n}}");
    assert_eq!(place(&other(allowed)), known);
    // Resources may belong to either.
    assert_eq!(place(&other("region = \"us-east-1\"")), Place::default());
    assert_eq!(
        place("provider \"aws\" {\n allowed_account_ids = [\"123456789012\", \"210987654321\"]\n}"),
        Place::default()
    );
    assert_eq!(place("variable \"id\" {}\nprovider \"aws\" {\n allowed_account_ids = [var.id]\n}"), Place::default());
}
