// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"
#include "recording.h"

/// The states of both ends if no segments show them. A step implies states (RFC 9293, section 3.3.2), which are shown
/// at the step. A state read from the kernel confirms the implied one there, whenever it was read. A state that no
/// step implies is shown between steps, where it was read, but never before its cause or after its effect. A plain
/// value, made again for each change from the few steps that change states and the few states that were read.
class StepStates
{
public:
    /// A step that changes a state (StepIndex::tellsOfState()).
    struct Event {
        StepKind kind = StepKind::Error;
        qsizetype step = -1;
        bool finWaits = false; ///< of Close and FinishedSending: FIN was not sent then
        bool isReset = false;  ///< of Close: RST was sent instead of FIN
    };
    /// The input.
    struct Source {
        Side end = Side::Client; ///< whose steps these are
        std::vector<Event> events;
        std::vector<Recording::KernelState> kernel;
        bool isFinAcknowledged = false;                        ///< of this end, as far as is known
        std::function<qsizetype(qint64 timeUs)> lastStepUntil; ///< the connection's last step until then; -1: none
        std::function<qsizetype(qsizetype)> stepBefore;        ///< the connection's step before that one; -1: none
    };
    /// A state that begins at a step's row.
    struct AtStep {
        qsizetype step = -1;
        Side side = Side::Client;
        LadderState state;
        bool operator==(const AtStep &) const = default;
    };
    /// A state that has a row of its own.
    struct BehindStep {
        qsizetype step = -1; ///< -1: before all
        size_t state = 0;    ///< of Source::kernel
        bool operator==(const BehindStep &) const = default;
    };

    explicit StepStates(const Source &source);

    const std::vector<AtStep> &atSteps() const { return m_atSteps; }             ///< their steps ascend
    const std::vector<BehindStep> &behindSteps() const { return m_behindSteps; } ///< in the order of their rows
    bool finArrived() const { return m_finArrived; } ///< of this end; the other end's state may show it

private:
    void take(const Event &event);
    void finish(const Event &event);
    void begin(qsizetype step);
    void leave(qsizetype step);
    void receiveFin(qsizetype step);
    void end(const Event &event);
    void imply(qsizetype step, Side side, TcpState state);
    void place(const Source &source, size_t state);
    bool isRead(Side side, TcpState state) const;
    bool isReadOfFin() const;
    int rank(Side side, TcpState state) const;

    std::vector<AtStep> m_atSteps;
    std::vector<BehindStep> m_behindSteps;
    std::array<std::vector<TcpState>, 2> m_read; ///< by Side: from the kernel
    Side m_end;
    Side m_peer;
    bool m_isAcknowledged;     ///< this end's FIN
    bool m_finArrived = false; ///< acknowledged, or the other end's state shows it
    bool m_finWanted = false;  ///< but bytes must be sent first
    bool m_finBegun = false;   ///< the state that begins with it
    bool m_finSent = false;
    bool m_finReceived = false;
    bool m_isOver = false;
};
