// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelmonitor.h"

#include <QCoreApplication>

/// How a state is known.
enum class StateSource : quint8 { Kernel, Inferred };

/// TCP states in words, for the connection bar and the details. Pure.
class StateText
{
    Q_DECLARE_TR_FUNCTIONS(StateText)
public:
    /// "ESTABLISHED · kernel", "TIME-WAIT, 43 s left · kernel". leftS: seconds until the state ends by itself, or -1.
    static QString marked(TcpState state, StateSource source, int leftS = -1);

    /// Of this end. Long: "TIME-WAIT, 43 s left (Linux: always 60 s; RFC 9293: 2 × MSL) · kernel".
    static QString shortText(const ConnectionStatus &status, const KernelView &view);
    static QString longText(const ConnectionStatus &status, const KernelView &view);
    /// What the state means, in RFC 9293's words where it has some, and what follows from it.
    static QString explanation(const ConnectionStatus &status, const KernelView &view);

    /// "peer FIN-WAIT-2 · kernel", or nothing where the peer is on another machine.
    static QString peerText(const KernelView &view);
    static QString peerExplanation(const KernelView &view);

    /// What the kernel has measured: "#1: round-trip time 0.045 ms, 0 retransmissions, 0 bytes not acknowledged".
    static QString path(const ConnectionStatus &status, const KernelView &view);

private:
    static QString meaning(TcpState state);
    static QString explained(const KernelSocket &socket);
    static QString timeWaitLength();
    static QString whyUnknown(KernelState::Availability availability);
};
