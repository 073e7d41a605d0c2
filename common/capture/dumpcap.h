// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "livesource.h"
#include "packetstream.h"

#include <QProcess>

/// Wireshark's capture program, which a distribution can give the right to capture, as a child: it writes pcap to a
/// pipe. On the capture's thread.
class Dumpcap : public LiveSource
{
    Q_OBJECT
public:
    /// Where it is installed, whether or not this process may execute it; empty if it is not.
    static QString path();

    Dumpcap(const CaptureRequest &request, SegmentQueue &queue);
    ~Dumpcap() override;

    void start() override; ///< a problem before started() is forbidden: libpcap in the process has found no other
    void stop() override;

    /// What it said on standard error about what went wrong, on one line.
    QString complaint() const;
    /// "Packets received/dropped on interface 'lo': 12/3 (…)" in what it said: 3; 0 where it did not say.
    static qint64 droppedIn(const QString &said);

private:
    void readPackets();
    void readSaid();
    void startIfReady();
    void exited();
    void fail(const CaptureProblem &problem);

    QProcess m_process;
    PacketStream m_stream;
    QString m_said;
    bool m_hasStarted = false;
    bool m_hasBegun = false; ///< the sink has
    bool m_isStopping = false;
    bool m_hasFailed = false;
};
