// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// How far this end's FIN has come. The values follow each other in this order; a connection may end in any of them.
enum class Sending : quint8 {
    Open,      ///< messages can be sent
    FinWanted, ///< no more messages; FIN waits in this program, behind the bytes that wait here
    FinQueued, ///< the kernel has FIN, behind bytes that have not left
    FinSent,   ///< FIN has left
    FinAcked,  ///< the peer's TCP has acknowledged FIN
};

/// What this end knows of the peer's FIN, in this order.
enum class Receiving : quint8 {
    Open,      ///< the peer may still send
    FinSeen,   ///< FIN has come; messages before it may wait to be logged
    FinLogged, ///< those messages and FIN are in the journal
};

/// What is left of the connection's life, in this order. Close can be wanted in every state of Sending, and Reset
/// while a close waits.
enum class Life : quint8 {
    Open,
    CloseWanted, ///< no more messages; the close waits until the kernel has all that was sent
    ResetWanted, ///< the reset comes as soon as the current message is done
    Ending,      ///< it is being closed or reset, or it has failed; what has arrived is still read and logged
    Over,        ///< the socket is closed
};

/// What happens to a connection.
enum class ConnectionEvent : quint8 {
    FinishAsked,     ///< Finish Sending (half-close)
    FinHandedOver,   ///< this end's FIN, to the kernel
    FinLeft,         ///< this end's FIN, for the peer
    FinAcknowledged, ///< this end's FIN
    PeerFinSeen,     ///< end-of-file
    PeerFinLogged,
    CloseAsked,
    ResetAsked,
    EndBegun, ///< a close or reset begins, or the stream has failed
    Ended,
};

/// The state of one connection. The table of all transitions is in connectionstate.cpp. A plain value; crosses
/// threads by copy.
struct ConnectionState {
    Sending sending = Sending::Open;
    Receiving receiving = Receiving::Open;
    Life life = Life::Open;

    /// False, and nothing changes, if the event cannot happen in this state.
    bool apply(ConnectionEvent event);

    bool isOpen() const { return life != Life::Over; }
    bool isClosing() const { return isOpen() && life != Life::Open; }
    bool isEnding() const { return life >= Life::Ending; } ///< or over
    bool canSend() const { return life == Life::Open && sending == Sending::Open; }
    bool hasPeerFinished() const { return receiving != Receiving::Open; }
    /// Finish Sending was asked for, and FIN has not left.
    bool finWaits() const { return sending == Sending::FinWanted || sending == Sending::FinQueued; }
    /// Nothing has ended yet, and nothing is about to: the kernel's state is ESTABLISHED as far as this end knows.
    bool isUntouched() const { return *this == ConnectionState(); }

    bool operator==(const ConnectionState &) const = default;
};
