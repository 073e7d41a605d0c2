// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureadvice.h"

#include <QObject>

/// One way to get at packets; it gives them to the capture's sink or queue. Owned by the capture's worker, on its thread,
/// whose event loop it never holds up for long.
class CaptureSource : public QObject
{
    Q_OBJECT
public:
    virtual void start() = 0; ///< started() or failed() follows
    virtual void stop() = 0;  ///< ended() follows, after the last packets

signals:
    void started();
    void failed(const CaptureProblem &problem); ///< the last signal
    void batched();                             ///< packets have been given on
    /// So many were lost since the beginning: they came faster than they were read. isExact: otherwise it is an estimate.
    void dropped(qint64 segments, bool isExact);
    void ended(); ///< the last signal
};
