/// The requests of a service behind Heddle, whatever protocol it speaks: send a message once, see
/// and disconnect users, subscribe them.
///
/// Beside the path: between the edges that speak HTTP, for example, and the domain. Runs on the
/// threads of the edges, which may block on a hub that is behind. Outcomes are values that each
/// edge puts in words of its own. It must not know of HTTP, JSON, or any other protocol of an edge.
@NullMarked
package dev.heddle.control;

import org.jspecify.annotations.NullMarked;
