// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "wire/flowtable.h"
#include "wire/stepmatch.h"
#include "wire/tcpdumppages.h"

#include <QObject>

#include <functional>
#include <unordered_map>

/// What is known of the connections that a window shows: the segments of a capture, the steps of a session and the states
/// that the kernel tells, in whatever order they come. The ladder and the Wire tab show it. Owned by a window or an export,
/// on its thread. Adding costs the same however much is there, and of a step no more memory than StepMatch.
class Recording : public QObject
{
    Q_OBJECT
public:
    using StepReader = std::function<Step(qsizetype)>; ///< by the index of addStep(): as SessionFile::at()

    struct KernelState {
        qint64 timeUs = 0; ///< when it was read
        Side side = Side::Client;
        TcpState state = TcpState::Closed;
    };

    explicit Recording(StepReader readStep, quint16 serverPort = 0, QObject *parent = nullptr);

    /// Another capture begins; what the one before has seen stays.
    void beginCapture() { m_pages.beginCapture(); }
    /// Segments and steps are to come; a step may wait for its segments. False, to begin with: none are to come.
    void setCapturing(bool capturing);
    bool isCapturing() const { return m_capturing; }

    void addSegments(const std::vector<Segment> &segments);
    void setEnded();                               ///< the capture is over, for every flow
    void clearSteps();                             ///< and states; what shows them must show no connection now
    void addStep(const Step &step);                ///< of any kind and connection, in the order of their session
    void addSteps(const std::vector<Step> &steps); ///< likewise; what shows them looks once, however many there are
    /// What the kernel says of an end of a connection. Only changes are kept.
    void addState(int connection, const KernelState &state);

    const FlowTable &flows() const { return m_flows; }
    const StepMatch &match() const { return m_match; }
    const TcpdumpPages &pages() const { return m_pages; }
    Step step(qsizetype index) const { return m_readStep(index); }
    qsizetype stepCount() const { return m_match.count(); }
    const std::vector<KernelState> &statesOf(int connection) const;
    int flowOf(int connection) const { return m_match.flowOf(connection); } ///< -1: none is known (yet)
    int flowOfAttempt() const; ///< of the newest attempt to open a connection; -1: likewise

signals:
    void segmentAdded(int flow, qsizetype changedFrom); ///< the flow's rows from this on are new or not as before
    void stepAdded(qsizetype index, const Step &step);
    void stateAdded(int connection);
    void changed(); ///< after all that one call has added

private:
    void note(const Step &step);

    StepReader m_readStep;
    FlowTable m_flows;
    StepMatch m_match;
    TcpdumpPages m_pages;
    std::unordered_map<int, std::vector<KernelState>> m_states;
    qsizetype m_attempt = -1; ///< the step with which the newest one began
    bool m_capturing = false;
};
