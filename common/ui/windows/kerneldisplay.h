// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ui/status/kernelmonitor.h"
#include "ui/status/peerprograms.h"

class ConnectionBar;
class ConversationRecord;
class ConversationViews;

/// Shows what the kernel says of the selected connection: in the connection bar, in the log's details and, through
/// the record, in the ladder. Owned by a ConversationWindow; lives on its thread.
class KernelDisplay : public QObject
{
    Q_OBJECT
public:
    /// Parts of the window that outlive this object.
    KernelDisplay(Side side, ConversationRecord &record, ConnectionBar &bar, ConversationViews &views, QWidget *window);

    void setConnection(const std::optional<ConnectionStatus> &status); ///< as KernelMonitor
    void refresh();

signals:
    void timersChanged(const QString &sentence); ///< as StateText::timers()

private:
    std::optional<TcpState> inferredState(Side side) const;
    QString connectionText() const;

    const Side m_side;
    ConversationRecord &m_record;
    ConnectionBar &m_bar;
    ConversationViews &m_views;
    KernelMonitor m_kernel;
    PeerPrograms m_programs;
    std::optional<ConnectionStatus> m_status; ///< of the selected connection
    std::optional<TcpState> m_inferred;       ///< of the other end; shown
};
