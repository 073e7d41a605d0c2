// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

/// The kinds of TCP options, as IANA has assigned them: RFC 9293, section 3.1, unless a line names another source.
namespace TcpOption {

enum Kind : quint8 {
    EndOfList = 0,
    NoOperation = 1,
    MaximumSegmentSize = 2,
    WindowScale = 3,
    SackPermitted = 4,
    Sack = 5,
    Echo = 6,
    EchoReply = 7,
    Timestamps = 8,
    ConnectionCount = 11, // RFC 1644
    ConnectionCountNew = 12,
    ConnectionCountEcho = 13,
    Md5 = 19,               // RFC 2385
    SpaceCapabilities = 20, // CCSDS 714.0-B
    UserTimeout = 28,       // RFC 5482
    AuthenticationNew = 29, // RFC 5925
    Mptcp = 30,             // RFC 8684
    FastOpen = 34,          // RFC 7413
    Experiment2 = 254,      // RFC 6994
};

} // namespace TcpOption
