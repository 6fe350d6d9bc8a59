//! The join of resource policies, identity policies and grants.
#![allow(clippy::unwrap_used)]

use super::access;
use crate::load::{File, Inputs, Kind, evaluate};
use crate::source::Sources;

const ACCOUNT: &str = "{Sid: Account, Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}";
const NAMED: &str =
    "{Sid: Named, Effect: Allow, Principal: {AWS: !GetAtt App.Arn}, Action: 'kms:Decrypt', Resource: '*'}";
const ALLOWS: &str = "{Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt K.Arn}";

/// The ways to `kms:Decrypt` on the key `K`, given the statements of its policy and of the policy of the role `App`.
fn ways(key: &[&str], role: &[&str]) -> Vec<(String, String)> {
    let policy = match key {
        [] => String::new(),
        statements => format!("{{KeyPolicy: {{Version: '2012-10-17', Statement: [{}]}}}}", statements.join(", ")),
    };
    let statements = role.join(", ");
    let text = format!(
        "Resources:\n  K:\n    Type: AWS::KMS::Key\n    Properties: {policy}\n  Other:\n    Type: AWS::KMS::Key\n  \
         App:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyName: p\n          \
         PolicyDocument: {{Version: '2012-10-17', Statement: [{statements}]}}\n"
    );
    let sources = Sources::default();
    let file = File { source: sources.add("t.yaml", text), kind: Kind::Template };
    let evaluated = evaluate(&[file], &Inputs::default(), None);
    assert!(evaluated.diagnostics.is_empty(), "{:?}", evaluated.diagnostics);
    let found = access(evaluated.units()[0], "kms:Decrypt", None);
    let key = found.into_iter().find(|access| &*access.resource == "K").unwrap();
    key.ways.into_iter().map(|way| (way.row.principal, way.row.through.as_str().to_owned())).collect()
}

fn through(key: &[&str], role: &[&str]) -> Vec<String> {
    let of_role = ways(key, role).into_iter().filter(|(principal, _)| principal.ends_with("role/App"));
    of_role.map(|(_, through)| through).collect()
}

#[test]
fn own_policies_count_where_the_key_lets_the_account_decide() {
    assert_eq!(through(&[ACCOUNT], &[ALLOWS]), ["identity-policy"]);
    assert_eq!(through(&[], &[ALLOWS]), ["identity-policy"], "the default key policy lets the account decide");
    assert_eq!(through(&[NAMED], &[ALLOWS]), ["statement"], "without the account, only the key policy counts");
    assert_eq!(through(&[ACCOUNT, NAMED], &[ALLOWS]), ["statement", "identity-policy"]);
    let only_describe = ACCOUNT.replace("kms:*", "kms:DescribeKey");
    assert!(through(&[&only_describe], &[ALLOWS]).is_empty());
}

#[test]
fn policies_for_another_key_do_not_count() {
    assert!(through(&[ACCOUNT], &["{Effect: Allow, Action: 'kms:*', Resource: !GetAtt Other.Arn}"]).is_empty());
    let literal = "{Effect: Allow, Action: 'kms:*', Resource: 'arn:aws:kms:eu-west-1:123456789012:key/1'}";
    assert!(through(&[ACCOUNT], &[literal]).is_empty());
    assert_eq!(through(&[ACCOUNT], &["{Effect: Allow, Action: 'kms:*', Resource: '*'}"]).len(), 1);
    let not_resource = "{Effect: Allow, Action: 'kms:*', NotResource: !GetAtt Other.Arn}";
    assert_eq!(through(&[ACCOUNT], &[not_resource]).len(), 1);
    assert!(through(&[ACCOUNT], &["{Effect: Allow, NotAction: 'kms:*', Resource: '*'}"]).is_empty());
}

#[test]
fn denials_of_either_side_win() {
    let deny = "{Effect: Deny, Action: 'kms:De*', Resource: '*'}";
    assert!(through(&[ACCOUNT, NAMED], &[ALLOWS, deny]).is_empty());
    let other = "{Effect: Deny, Action: 'kms:*', Resource: !GetAtt Other.Arn}";
    assert_eq!(through(&[ACCOUNT, NAMED], &[ALLOWS, other]).len(), 2);
    let at_key = "{Effect: Deny, Principal: '*', Action: 'kms:Decrypt', Resource: '*'}";
    assert!(ways(&[ACCOUNT, NAMED, at_key], &[ALLOWS]).is_empty());
    let spared = "{Effect: Deny, Principal: '*', Action: 'kms:Decrypt', Resource: '*', \
                  Condition: {ArnNotEquals: {'aws:PrincipalArn': !GetAtt App.Arn}}}";
    assert_eq!(through(&[ACCOUNT, NAMED, spared], &[ALLOWS]).len(), 2);
}

#[test]
fn no_request_to_a_key_is_without_tls() {
    let of_app = |tls: &str| {
        format!(
            "{{Sid: Named, Effect: Allow, Principal: {{AWS: !GetAtt App.Arn}}, Action: 'kms:Decrypt', Resource: '*', \
             Condition: {{Bool: {{'aws:SecureTransport': '{tls}'}}}}}}"
        )
    };
    assert_eq!(through(&[&of_app("true")], &[]), ["statement"]);
    assert!(through(&[&of_app("false")], &[]).is_empty());
}

#[test]
fn a_key_protects_what_names_it() {
    let text = "Resources:\n  A: {Type: AWS::KMS::Key}\n  B: {Type: AWS::KMS::Key}\n  \
                Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/a, TargetKeyId: !Ref A}}\n  \
                Queue: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: alias/a}}\n  \
                Both: {Type: AWS::S3::Bucket, Properties: {BucketEncryption: {ServerSideEncryptionConfiguration: [\
                {ServerSideEncryptionByDefault: {KMSMasterKeyID: !GetAtt A.Arn}}, \
                {ServerSideEncryptionByDefault: {KMSMasterKeyID: !GetAtt B.Arn}}]}}}\n";
    let sources = Sources::default();
    let file = File { source: sources.add("t.yaml", text), kind: Kind::Template };
    let evaluated = evaluate(&[file], &Inputs::default(), None);
    let found = access(evaluated.units()[0], "kms:Decrypt", None);
    let stores = found.iter().map(|access| (&*access.resource, access.stores.iter().map(|store| &**store).collect()));
    assert_eq!(stores.collect::<Vec<(&str, Vec<&str>)>>(), [("A", vec!["Queue", "Both"]), ("B", vec!["Both"])]);
}
