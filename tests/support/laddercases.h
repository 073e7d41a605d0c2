// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capturedsegments.h"
#include "ladder/recording.h"
#include "segmentscript.h"

/// A SegmentScript: the original's conversation.
inline const QString conversation =
    QStringLiteral("c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA, s> A, s> FA, c> A");

/// A Recording with steps in memory, and functions that fill it.
class LadderCase
{
public:
    explicit LadderCase(quint16 serverPort = 8700)
        : recording(
              [this](qsizetype index) {
                  ++stepsRead;
                  return steps[size_t(index)];
              },
              serverPort)
    {
    }

    /// Adds a step of that end of connection 1, at that time: "Send 0 24", "Recv 0 12", "Close", "FinishedSending", …
    qsizetype add(Side side, StepKind kind, int number, qint64 timeUs, const QByteArray &payload = {},
                  qint64 offset = -1)
    {
        Step step;
        step.time.wallUs = timeUs;
        step.side = side;
        step.kind = kind;
        step.number = number;
        step.connection = 1;
        step.local = side == Side::Client ? client : server;
        step.peer = side == Side::Client ? server : client;
        if (step.isMessage()) {
            step.payload = payload;
            step.size = payload.size();
            step.bytes = payload.size() + 1;
            step.offset = offset;
        }
        steps.push_back(step);
        recording.addStep(step);
        return qsizetype(steps.size()) - 1;
    }

    /// Adds an event of that end of connection 1 that refers to a number of bytes from a position of its stream on.
    qsizetype addEvent(Side side, StepKind kind, qint64 timeUs, qint64 bytes = -1, qint64 offset = -1)
    {
        Step step;
        step.time.wallUs = timeUs;
        step.side = side;
        step.kind = kind;
        step.connection = 1;
        step.local = side == Side::Client ? client : server;
        step.peer = side == Side::Client ? server : client;
        step.bytes = bytes;
        step.offset = offset;
        steps.push_back(step);
        recording.addStep(step);
        return qsizetype(steps.size()) - 1;
    }

    /// Adds the six steps of one end. The segments are those of the default conversation, starting at that time.
    void addSteps(Side side, qint64 startUs)
    {
        const qint64 second = 1'000'000;
        const bool isClient = side == Side::Client;
        add(side, StepKind::Connected, 0, startUs + 30);
        add(side, isClient ? StepKind::Send : StepKind::Recv, isClient ? 1 : 2, startUs + 80, "Hi, server! I'm client.",
            0);
        add(side, isClient ? StepKind::Recv : StepKind::Send, isClient ? 4 : 3, startUs + second + 400, "Hi, client!",
            0);
        if (!isClient)
            add(side, StepKind::PeerFinished, 0, startUs + second + 700);
        add(side, StepKind::Close, isClient ? 5 : 6, startUs + (isClient ? second + 600 : 2 * second + 400));
    }

    std::vector<Step> steps;
    QString client = QStringLiteral("127.0.0.1:51964");
    QString server = QStringLiteral("127.0.0.1:8700");
    int stepsRead = 0;
    Recording recording;
};
