// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/capture.h"
#include "conversation/client.h"
#include "conversation/server.h"
#include "kernel/kernelstate.h"
#include "link/linkcarrier.h"
#include "link/linknetwork.h"
#include "weather.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>

/// What the kernel said about both ends. Times in microseconds since 1970.
struct StateSample {
    qint64 beforeUs = 0;                                                ///< when it was asked
    qint64 afterUs = 0;                                                 ///< when it had answered
    std::array<TcpState, 2> states{TcpState::Closed, TcpState::Closed}; ///< by Side
};

/// What happened in one network. A plain value.
struct WeatherRecord {
    QString obstacle; ///< why there can be no link here
    QString problem;  ///< why the conversation did not end well, or bytes were changed
    std::vector<LinkEvent> events;
    std::vector<StateSample> samples;
    std::array<QString, 2> captures; ///< by Side: the file of the capture at the device of this end
    qint64 ms = 0;                   ///< from the connect to the end of both sockets
};

/// Sends bytes both ways at the same time through one network, in a network namespace of its own, and captures at both
/// ends. Programs and link live on one thread, which needs an event loop for sockets; captures read on their own. Only
/// one exists at a time.
class WeatherRun : public QObject
{
    Q_OBJECT
public:
    /// bytes: each way. limitMs: a conversation that takes longer is a problem.
    WeatherRun(const Weather &weather, qsizetype bytes, int limitMs);
    ~WeatherRun() override;

    void start(); ///< finished() follows
    const WeatherRecord &record() const { return m_record; }

signals:
    void finished();

private:
    /// One end of the conversation.
    struct End {
        Journal journal;
        QByteArray message;
        bool hasReceived = false; ///< all that the other end sent
        std::unique_ptr<Capture> capture;
        bool isCapturing = false;
    };

    End &end(Side side) { return m_ends.at(size_t(side)); }
    void carry();
    void startCapture(Side side);
    void listen();
    void connectToServer();
    ConnectionSettings connectionSettings() const;
    void take(Side side);
    void takeReceived(Side side, const Step &step);
    void close();
    void note(const LinkEvent &event);
    void sample();
    void endWhenQuiet();
    void stopCaptures();
    void fail(const QString &sentence);

    const Weather m_weather;
    WeatherRecord m_record;
    QTemporaryDir m_folder;
    std::unique_ptr<LinkNetwork> m_network;
    std::unique_ptr<LinkCarrier> m_carrier;
    std::unique_ptr<KernelState> m_kernel;
    std::array<End, 2> m_ends; ///< by Side
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Client> m_client;
    std::optional<SocketPair> m_pair; ///< as the client sees it
    QTimer m_sampleTimer;
    QTimer m_limitTimer;
    QElapsedTimer m_sinceConnect;
    QElapsedTimer m_sinceEvent;
    qint64 m_onTheWay = 0; ///< packets
    bool m_isClosing = false;
    bool m_isOver = false;
};
