// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "kerneldisplay.h"

#include "app/conversationrecord.h"
#include "conversationviews.h"
#include "ui/status/connectionbar.h"
#include "ui/status/statetext.h"
#include "ui/steps/logpane.h"

#include <QWidget>

KernelDisplay::KernelDisplay(Side side, ConversationRecord &record, ConnectionBar &bar, ConversationViews &views,
                             QWidget *window)
    : QObject(window)
    , m_side(side)
    , m_record(record)
    , m_bar(bar)
    , m_views(views)
    , m_kernel(window)
{
    m_record.recording().setAsksKernel(m_kernel.view().availability == KernelState::Availability::Available);
    connect(&m_kernel, &KernelMonitor::changed, this, &KernelDisplay::refresh);
    connect(&m_record.recording(), &Recording::changed, this, [this] {
        if (inferredState(otherEnd(m_side)) != m_inferred)
            refresh();
    });
    connect(&m_programs, &PeerPrograms::found, this, [this](int connection, const QString &program) {
        m_bar.model().setProgram(connection, program);
        refresh();
    });
}

void KernelDisplay::setConnection(const std::optional<ConnectionStatus> &status)
{
    m_status = status;
    m_kernel.setConnection(status);
}

void KernelDisplay::refresh()
{
    m_inferred = inferredState(otherEnd(m_side));
    m_bar.setStates(m_kernel.view(), m_inferred);
    m_views.log()->setConnectionText(connectionText());
    emit timersChanged(StateText::timers(m_kernel.view()));
    if (!m_status)
        return;
    if (const auto &peer = m_kernel.view().peer; peer && peer->inode != 0)
        m_programs.look(m_status->id, m_status->local, m_status->peer);
    for (const auto &[side, socket] :
         {std::pair(m_side, m_kernel.view().local), std::pair(otherEnd(m_side), m_kernel.view().peer)}) {
        m_record.recording().addSocket(m_status->id, side, socket, StepTime::now().wallUs);
        m_views.setTimeWaitLeft(side, socket);
    }
}

/// "#1: round-trip time 0.045 ms, … · 127.0.0.1:51234 · nc, process 4711"
QString KernelDisplay::connectionText() const
{
    if (!m_status)
        return {};
    const QString path = StateText::path(*m_status, m_kernel.view());
    const QString program = m_bar.model().programOf(m_status->id);
    return program.isEmpty() ? path : QStringLiteral("%1 · %2 · %3").arg(path, m_status->peer, program);
}

std::optional<TcpState> KernelDisplay::inferredState(Side side) const
{
    const Recording &recording = m_record.recording();
    const int flow = recording.flowOf(m_bar.selected());
    return flow < 0 ? std::nullopt : std::optional(recording.flows().at(flow).state(side));
}

#include "moc_kerneldisplay.cpp"
