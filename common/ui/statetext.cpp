// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "statetext.h"

QString StateText::shortText(const ConnectionStatus &status)
{
    if (!status.isOpen)
        return tr("closed");
    return tr("%1 · kernel", "the state was read from the kernel").arg(tcpStateName(status.state));
}

QString StateText::explanation(const ConnectionStatus &status)
{
    if (!status.isOpen)
        return tr("This program has closed its end, or the connection was ended for it.");
    return tr("%1: %2\nRead from the kernel.").arg(tcpStateName(status.state), meaning(status.state));
}

QString StateText::meaning(TcpState state)
{
    switch (state) {
    case TcpState::Closed:
        return tr("no connection at all.");
    case TcpState::Listen:
        return tr("waiting for a connection request from any remote TCP peer and port.");
    case TcpState::SynSent:
        return tr("waiting for a matching connection request after having sent a connection request.");
    case TcpState::SynReceived:
        return tr("waiting for a confirming acknowledgment after having both received and sent a connection request.");
    case TcpState::Established:
        return tr("an open connection; data received can be delivered to the user. The normal state for the data "
                  "transfer phase.");
    case TcpState::FinWait1:
        return tr("this end's FIN has left; waiting for its acknowledgment, or for the peer's FIN.");
    case TcpState::FinWait2:
        return tr("this end's FIN is acknowledged; waiting for the peer's FIN. The peer may still send.");
    case TcpState::CloseWait:
        return tr("the peer's FIN has come; waiting for a connection termination request from the local user. This "
                  "end may still send.\nIf this is kept up for more than a minute, the peer's kernel may have given "
                  "up (Linux: 60 s in FIN-WAIT-2), and a late FIN gets RST.");
    case TcpState::Closing:
        return tr("both ends sent FIN at once; waiting for the acknowledgment of this end's FIN.");
    case TcpState::LastAck:
        return tr("waiting for the acknowledgment of this end's FIN, which came second.");
    case TcpState::TimeWait:
        return tr("waiting for enough time to pass to be sure that the remote TCP peer received the acknowledgment of "
                  "its FIN, and that no old segments are left.");
    }
    return {};
}
