/** The relay over sockets between the nodes themselves; apart from the others, because it needs Node. */
export { isPeerAddress } from "./relay/sockets/peer-address.ts";
export { SocketRelay, type SocketRelayOptions } from "./relay/sockets/socket-relay.ts";
