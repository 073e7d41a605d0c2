// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/journal.h"
#include "kernelmonitor.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

/// Where a state comes from.
enum class StateSource : quint8 { Kernel, Inferred };

/// A state as a chip shows it.
struct ShownState {
    QStringList texts;                 ///< from the longest to the shortest; never empty
    std::optional<StateSource> source; ///< empty: no state is known
    QString explanation;               ///< what it means, and where it comes from
};

/// Describes TCP states for the connection bar and the details. Pure.
class StateText
{
    Q_DECLARE_TR_FUNCTIONS(StateText)
public:
    static ShownState ofThisEnd(const ConnectionStatus &status, const KernelView &view);
    /// inferred is the state that the segments show. It is used if the kernel of this machine does not know the other
    /// end.
    static ShownState ofOtherEnd(const KernelView &view, std::optional<TcpState> inferred);

    /// Returns what the kernel has measured: "#1: round-trip time 0.045 ms, 0 retransmissions, 0 bytes not
    /// acknowledged".
    static QString path(const ConnectionStatus &status, const KernelView &view);

    /// What the kernel will do by itself: "this end sends again in 2 s, the other end leaves FIN-WAIT-2 in 47 s".
    static QString timers(const KernelView &view);

    /// "Listening on 127.0.0.1:8700". open: some connection that is open, or null.
    static QString ofActivity(Side side, const Activity &activity, const ConnectionStatus *open);

private:
    static ShownState ofSocket(const KernelSocket &socket);
    static ShownState whileNotReading(ShownState state, std::optional<qint64> unreadBytes);
    static QString meaning(TcpState state);
    static QString meaningWhileFinWaits(TcpState state);
    static QString timer(const QString &end, const KernelSocket &socket);
    static QString explained(const KernelSocket &socket);
    static QString timeWaitLength();
    static QString whyUnknown(KernelState::Availability availability);
};
