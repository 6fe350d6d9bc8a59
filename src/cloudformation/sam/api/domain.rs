//! `Domain`: a domain name of one's own, the paths under which the API answers there, and its records in Route 53.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::super::{logical_id, tags};
use crate::parse::node::Node;

/// The hosted zone of all CloudFront distributions.
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

/// The domain of a REST API with its mappings; its records are gathered in the translation.
pub(in super::super) fn of_rest_api(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    stage: &Resource,
) -> Outcome<Option<Vec<Resource>>> {
    let Some(domain) = properties.given("Domain") else { return Ok(None) };
    let domain = &translation.resolved(domain)?;
    let (name, certificate) = name_and_certificate(domain)?;
    let at = translation.at_key(domain);
    let kind = domain.given("EndpointConfiguration").cloned().unwrap_or_else(|| at.string("REGIONAL"));
    if !is_call(&kind) && !matches!(kind.as_str(), Some("EDGE" | "REGIONAL" | "PRIVATE")) {
        return reject(kind.span, "'EndpointConfiguration' of 'Domain' must be EDGE, REGIONAL or PRIVATE");
    }
    if kind.as_str() == Some("PRIVATE") {
        return private(translation, (id, source), domain, stage, (name, certificate)).map(Some);
    }
    let domain_id = format!("ApiGatewayDomainName{}", logical_id::hash(name));
    let mut endpoint = at.map([("Types", at.list([kind.clone()]))]);
    if let Some(address) = domain.get("IpAddressType") {
        endpoint.set("IpAddressType", address.clone());
    }
    let regional = kind.as_str() == Some("REGIONAL");
    let mut made = Resource::new(at, &domain_id, "AWS::ApiGateway::DomainName")
        .with("DomainName", name.clone())
        .with("EndpointConfiguration", endpoint)
        .with(if regional { "RegionalCertificateArn" } else { "CertificateArn" }, certificate.clone())
        .copy(domain, &["SecurityPolicy", "EndpointAccessMode", "OwnershipVerificationCertificateArn"])
        .passing_on(source);
    if let Some(config) = mutual_tls(domain)? {
        made.set("MutualTlsAuthentication", config);
    }
    if let Some(given) = properties.given("Tags") {
        made.set("Tags", tags::list(at, &[], Some(given)));
    }
    let names = Mapping {
        kind: "AWS::ApiGateway::BasePathMapping",
        suffix: "BasePathMapping",
        domain: "DomainName",
        api: "RestApiId",
        path: "BasePath",
        root: true,
    };
    let mut resources = mappings(&names, (id, source), domain, &made, stage)?;
    let alias = if regional {
        (made.get_att("RegionalDomainName"), made.get_att("RegionalHostedZoneId"))
    } else {
        let given = domain.dig(&["Route53", "DistributionDomainName"]).filter(|name| name.is_truthy());
        let name = given.cloned().unwrap_or_else(|| made.get_att("DistributionDomainName"));
        (name, at.string(CLOUDFRONT_ZONE))
    };
    add_records(translation, domain, name, alias, (id, source))?;
    resources.insert(0, made);
    Ok(Some(resources))
}

fn private(
    translation: &mut Translation,
    (id, source): (&str, &Node),
    domain: &Node,
    stage: &Resource,
    (name, certificate): (&Node, &Node),
) -> Outcome<Vec<Resource>> {
    let at = translation.at_key(domain);
    let domain_id = format!("ApiGatewayDomainNameV2{}", logical_id::hash(name));
    let mut made = Resource::new(at, &domain_id, "AWS::ApiGateway::DomainNameV2")
        .with("DomainName", name.clone())
        .with("EndpointConfiguration", at.map([("Types", at.strings(["PRIVATE"]))]))
        .with("CertificateArn", certificate.clone())
        .copy(domain, &["SecurityPolicy", "Policy", "EndpointAccessMode"])
        .passing_on(source);
    if let Some(address) = domain.get("IpAddressType") {
        made.properties_mut().child("EndpointConfiguration").set("IpAddressType", address.clone());
    }
    let names = Mapping {
        kind: "AWS::ApiGateway::BasePathMappingV2",
        suffix: "BasePathMapping",
        domain: "DomainNameArn",
        api: "RestApiId",
        path: "BasePath",
        root: true,
    };
    let mut resources = mappings(&names, (id, source), domain, &made, stage)?;
    if let Some(access) = domain.given("AccessAssociation") {
        if !access.is_mapping() || is_call(access) {
            return reject(access.span, "'AccessAssociation' must be a mapping");
        }
        let Some(endpoint) = access.get("VpcEndpointId") else {
            return reject(access.span, "'AccessAssociation' needs 'VpcEndpointId'");
        };
        let hashed = logical_id::hash(&at.list([endpoint.clone(), at.string(&domain_id)]));
        let access_id = format!("DomainNameAccessAssociation{hashed}");
        resources.push(
            Resource::new(access.at(), access_id, "AWS::ApiGateway::DomainNameAccessAssociation")
                .with("DomainNameArn", made.reference())
                .with("AccessAssociationSource", endpoint.clone())
                .with("AccessAssociationSourceType", access.at().string("VPCE"))
                .passing_on(source),
        );
    }
    if let Some(route) = domain.given("Route53")
        && let (Some(dns), Some(zone)) = (route.get("VpcEndpointDomainName"), route.get("VpcEndpointHostedZoneId"))
    {
        add_records(translation, domain, name, (dns.clone(), zone.clone()), (id, source))?;
    }
    translation.references.insert((id.to_owned(), "DomainNameV2".to_owned()), domain_id);
    resources.insert(0, made);
    Ok(resources)
}

/// The domain of an HTTP or WebSocket API with its mappings; its records are gathered in the translation.
pub(in super::super) fn of_v2_api(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    (stage, created_by): (&Resource, &str),
) -> Outcome<Option<Vec<Resource>>> {
    let Some(domain) = properties.given("Domain") else { return Ok(None) };
    let domain = &translation.resolved(domain)?;
    let (name, certificate) = name_and_certificate(domain)?;
    let at = translation.at_key(domain);
    let domain_id = format!("ApiGatewayDomainNameV2{}", logical_id::hash(name));
    let kind = domain.given("EndpointConfiguration").cloned().unwrap_or_else(|| at.string("REGIONAL"));
    if !is_call(&kind) && kind.as_str() != Some("REGIONAL") {
        return reject(kind.span, "'EndpointConfiguration' of 'Domain' must be REGIONAL");
    }
    let mut configuration = at.map([("CertificateArn", certificate.clone()), ("EndpointType", kind)]);
    for entry in ["SecurityPolicy", "OwnershipVerificationCertificateArn", "IpAddressType"] {
        if let Some(value) = domain.get(entry) {
            configuration.set(entry, value.clone());
        }
    }
    let mut made = Resource::new(at, &domain_id, "AWS::ApiGatewayV2::DomainName")
        .with("DomainName", name.clone())
        .with("DomainNameConfigurations", at.list([configuration]))
        .with("Tags", v2_tags(at, created_by, properties.get("Tags")))
        .passing_on(source);
    if let Some(config) = mutual_tls(domain)? {
        made.set("MutualTlsAuthentication", config);
    }
    let names = Mapping {
        kind: "AWS::ApiGatewayV2::ApiMapping",
        suffix: "ApiMapping",
        domain: "DomainName",
        api: "ApiId",
        path: "ApiMappingKey",
        root: false,
    };
    let mut resources = mappings(&names, (id, source), domain, &made, stage)?;
    let alias = (made.get_att("RegionalDomainName"), made.get_att("RegionalHostedZoneId"));
    if created_by.starts_with("websocketapi") {
        // The service keeps the records of the last WebSocket API alone.
        translation.record_sets.shift_remove(&group_id(domain, name));
    }
    add_records(translation, domain, name, alias, (id, source))?;
    translation.references.insert((id.to_owned(), "DomainName".to_owned()), domain_id);
    resources.insert(0, made);
    Ok(Some(resources))
}

/// Tags as the newer APIs take them: a mapping.
pub(in super::super) fn v2_tags(at: At, created_by: &str, given: Option<&Node>) -> Node {
    let mut made = at.map([(created_by, at.string("SAM"))]);
    for entry in given.filter(|given| !is_call(given)).map(Node::entries).unwrap_or_default() {
        made.set(entry.key.as_str(), entry.value.clone());
    }
    made
}

fn name_and_certificate(domain: &Node) -> Outcome<(&Node, &Node)> {
    if !domain.is_mapping() || is_call(domain) {
        return reject(domain.span, "'Domain' must be a mapping");
    }
    let needed = |name: &str| match domain.given(name) {
        Some(value) => Ok(value),
        None => reject(domain.span, format!("'Domain' needs '{name}'")),
    };
    Ok((needed("DomainName")?, needed("CertificateArn")?))
}

fn mutual_tls(domain: &Node) -> Outcome<Option<Node>> {
    let Some(config) = domain.given("MutualTlsAuthentication") else { return Ok(None) };
    if !config.is_mapping() {
        return reject(config.span, "'MutualTlsAuthentication' must be a mapping");
    }
    let mut made = config.at().map::<&str>([]);
    for entry in config.entries() {
        match entry.key.as_str() {
            "TruststoreUri" | "TruststoreVersion" if !entry.value.is_truthy() => {}
            name @ ("TruststoreUri" | "TruststoreVersion") => made.set(name, entry.value.clone()),
            name => return reject(entry.key_span, format!("'MutualTlsAuthentication' has no property '{name}'")),
        }
    }
    Ok(made.is_truthy().then_some(made))
}

/// How a kind of mapping from a path to an API is written.
struct Mapping {
    kind: &'static str,
    suffix: &'static str,
    domain: &'static str,
    api: &'static str,
    path: &'static str,
    /// Whether it is one of a REST API: there the root has a path of its own, the empty one, and paths have letters and
    /// digits only unless `NormalizeBasePath` is false.
    root: bool,
}

fn mappings(
    names: &Mapping,
    (id, source): (&str, &Node),
    domain: &Node,
    made: &Resource,
    stage: &Resource,
) -> Outcome<Vec<Resource>> {
    let at = domain.at();
    let mapping = |mapping_id: String| {
        Resource::new(at, mapping_id, names.kind)
            .with(names.domain, made.reference())
            .with(names.api, at.reference(id))
            .with("Stage", stage.reference())
            .passing_on(source)
    };
    let Some(paths) = domain.given("BasePath") else {
        return Ok(vec![mapping(format!("{id}{}", names.suffix))]);
    };
    let single = [paths.clone()];
    let items = if paths.is_list() { paths.items() } else { &single };
    let normalize = domain.get("NormalizeBasePath").and_then(Edit::as_bool) != Some(false);
    let mut all = Vec::new();
    for path in items {
        let Some(text) = path.as_str() else {
            return reject(path.span, "'BasePath' must have strings only");
        };
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let key = match (names.root, normalize) {
            (true, true) => letters.as_str(),
            (true, false) => text,
            (false, _) => text.trim_matches('/'),
        };
        if !names.root && !key.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c)) {
            return reject(path.span, "'BasePath' must have letters, digits, '-', '_' and '/' only");
        }
        let mut resource = mapping(format!("{id}{letters}{}", names.suffix));
        if !key.is_empty() || names.root {
            resource.set(names.path, path.at().string(key));
        }
        all.push(resource);
    }
    Ok(all)
}

/// The logical id of the group of records for the hosted zone of a domain.
fn group_id(domain: &Node, name: &Node) -> String {
    let zone = ["HostedZoneId", "HostedZoneName"].into_iter().find_map(|key| domain.get("Route53")?.given(key));
    let zone = zone.map(logical_id::hash).unwrap_or_default();
    let separate = domain.dig(&["Route53", "SeparateRecordSetGroup"]).and_then(Edit::as_bool) == Some(true);
    match separate {
        true => format!("RecordSetGroup{}", logical_id::hash_text(&format!("{zone}{}", logical_id::hash(name)))),
        false => format!("RecordSetGroup{zone}"),
    }
}

/// Adds the records of a domain to the group of its hosted zone.
fn add_records(
    translation: &mut Translation,
    domain: &Node,
    name: &Node,
    (dns, zone): (Node, Node),
    (id, source): (&str, &Node),
) -> Outcome<()> {
    let Some(route) = domain.given("Route53") else { return Ok(()) };
    if !route.is_mapping() || is_call(route) {
        return reject(route.span, "'Route53' must be a mapping");
    }
    let at = route.at();
    let (zone_name, zone_value) = match (route.given("HostedZoneId"), route.given("HostedZoneName")) {
        (Some(id), _) => ("HostedZoneId", id),
        (None, Some(name)) => ("HostedZoneName", name),
        (None, None) => return reject(route.span, "'Route53' needs 'HostedZoneId' or 'HostedZoneName'"),
    };
    let group_id = group_id(domain, name);
    let record = |kind: &str| {
        let alias = at.map([("HostedZoneId", zone.clone()), ("DNSName", dns.clone())]);
        let mut record = at.map([("Name", name.clone()), ("Type", at.string(kind)), ("AliasTarget", alias)]);
        for property in ["EvaluateTargetHealth"] {
            if let Some(value) = route.get(property) {
                record.child("AliasTarget").set(property, value.clone());
            }
        }
        for property in ["SetIdentifier", "Region"] {
            if let Some(value) = route.get(property) {
                record.set(property, value.clone());
            }
        }
        record
    };
    let mut records = vec![record("A")];
    if route.get("IpV6").is_some_and(Edit::is_truthy) {
        records.push(record("AAAA"));
    }
    translation.origins.note(&group_id, id);
    let group = translation.record_sets.entry(group_id.clone()).or_insert_with(|| {
        Resource::new(at, group_id, "AWS::Route53::RecordSetGroup")
            .with(zone_name, zone_value.clone())
            .passing_on(source)
    });
    group.properties_mut().child("RecordSets");
    let sets = group.properties_mut().child("RecordSets");
    sets.items_mut().extend(records);
    Ok(())
}
