// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "optionkind.h"

#include "packets/tcpoption.h"

const char *OptionKind::name(quint8 kind)
{
    using namespace TcpOption;
    switch (kind) {
    case EndOfList:
        return "eol";
    case NoOperation:
        return "nop";
    case MaximumSegmentSize:
        return "mss";
    case WindowScale:
        return "wscale";
    case SackPermitted:
        return "sackOK";
    case Sack:
        return "sack";
    case Echo:
        return "echo";
    case EchoReply:
        return "echoreply";
    case Timestamps:
        return "TS";
    case ConnectionCount:
        return "cc";
    case ConnectionCountNew:
        return "ccnew";
    case ConnectionCountEcho:
        return "";
    case Md5:
        return "md5";
    case SpaceCapabilities:
        return "scps";
    case UserTimeout:
        return "uto";
    case AuthenticationNew:
        return "tcp-ao";
    case Mptcp:
        return "mptcp";
    case FastOpen:
        return "tfo";
    case Experiment2:
        return "exp";
    default:
        return nullptr;
    }
}

quint32 OptionKind::fixedSize(quint8 kind)
{
    using namespace TcpOption;
    switch (kind) {
    case WindowScale:
        return 1;
    case MaximumSegmentSize:
    case SpaceCapabilities:
    case UserTimeout:
        return 2;
    case Echo:
    case EchoReply:
    case ConnectionCount:
    case ConnectionCountNew:
    case ConnectionCountEcho:
        return 4;
    case Timestamps:
        return 8;
    case Md5:
        return 16;
    default:
        return 0;
    }
}
