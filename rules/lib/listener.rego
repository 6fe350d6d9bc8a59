# What a listener of a load balancer takes.
package sealint.lib.listener

# Application load balancers take HTTP where nothing is said.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
takes_http(listener) if listener.protocol == "HTTP"

takes_http(listener) if {
	not listener.protocol
	listener.port != 443
	some type in listener.balancer_type
	type.value != "gateway"
}

redirects(listener) if {
	some action in listener.actions
	action.type == "redirect"
	action.redirect_protocol == "HTTPS"
}
