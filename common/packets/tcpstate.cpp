// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tcpstate.h"

#include <array>

using namespace Qt::StringLiterals;

QLatin1StringView tcpStateName(TcpState state)
{
    switch (state) {
    case TcpState::Closed:
        return "CLOSED"_L1;
    case TcpState::Listen:
        return "LISTEN"_L1;
    case TcpState::SynSent:
        return "SYN-SENT"_L1;
    case TcpState::SynReceived:
        return "SYN-RECEIVED"_L1;
    case TcpState::Established:
        return "ESTABLISHED"_L1;
    case TcpState::FinWait1:
        return "FIN-WAIT-1"_L1;
    case TcpState::FinWait2:
        return "FIN-WAIT-2"_L1;
    case TcpState::CloseWait:
        return "CLOSE-WAIT"_L1;
    case TcpState::Closing:
        return "CLOSING"_L1;
    case TcpState::LastAck:
        return "LAST-ACK"_L1;
    case TcpState::TimeWait:
        return "TIME-WAIT"_L1;
    }
    return {};
}

TcpState tcpStateOfLinux(int number)
{
    using enum TcpState;
    constexpr std::array states{Closed, Established, SynSent, SynReceived, FinWait1, FinWait2,   TimeWait,
                                Closed, CloseWait,   LastAck, Listen,      Closing,  SynReceived};
    return number > 0 && size_t(number) < states.size() ? states[size_t(number)] : Closed;
}
