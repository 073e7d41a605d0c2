// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "livesource.h"
#include "packetstream.h"

#include <QProcess>

/// Captures through dumpcap, Wireshark's capture program, which distributions can give the right to capture. It runs
/// as a child process and writes pcap to a pipe. On the capture's thread.
class Dumpcap : public LiveSource
{
    Q_OBJECT
public:
    /// Where it is installed, even if this process may not execute it; empty if it is not installed.
    static QString path();

    Dumpcap(const CaptureRequest &request, SegmentQueue &queue);
    ~Dumpcap() override;

    void start() override; ///< a problem before started() is a missing right: libpcap found no other
    void stop() override;

    /// Its error message on standard error, one line.
    QString complaint() const;
    /// 3 in "Packets received/dropped on interface 'lo': 12/3 (…)"; 0 if there is no such line.
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
    bool m_hasBegun = false; ///< sink().begin() was called
    bool m_isStopping = false;
    bool m_hasFailed = false;
};
