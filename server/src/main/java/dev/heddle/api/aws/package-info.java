/// `/@connections`, as AWS API Gateway has it for WebSockets: so a service that was written for
/// that reaches the gateway's connections when it is pointed here.
///
/// Place on the path: beside the other APIs of the internal port. Its handlers run on their
/// requests' threads and do not block. It must not know of sessions or sockets.
@NullMarked
package dev.heddle.api.aws;

import org.jspecify.annotations.NullMarked;
