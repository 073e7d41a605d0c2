// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "capture/capture.h"
#include "flows/flowtable.h"
#include "steps/step.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

/// The capture that goes with a conversation: begins before the first SYN leaves, where that is allowed, and ends when it
/// holds the end of every connection. Keeps what --capture asks for. Owned by a window or a headless run, on its thread;
/// the packets are read on a thread of their own.
class ConversationCapture : public QObject
{
    Q_OBJECT
public:
    /// path: of --capture; empty: the packets go into a file that goes with this object.
    explicit ConversationCapture(const QString &path, QObject *parent = nullptr);
    ~ConversationCapture() override;

    /// Why nothing can be kept under the path, or nothing. To be asked before anything else.
    QString pathError() const;

    /// Captures what a server that listens there will see (and what was begun before no more), then calls `listen` once: when
    /// a segment that leaves from now on will be seen, or when it is known that none will be. At once where that capture runs
    /// already, or a file is followed. Port 0: the system's choice, which is held until take() hears of listening.
    void beginServing(const QHostAddress &address, quint16 port, const std::function<void(quint16 port)> &listen);
    /// The same for a client that connects there.
    void beginConnecting(const QString &host, quint16 port, std::function<void()> connectNow);

    /// Captures a port that other programs use. interface: as in CaptureRequest.
    void watch(const QString &interface, quint16 port) { begin(interface, port, {}); }
    /// Hands out the segments of a capture file instead, and of what is added to it.
    void follow(const QString &path);

    /// A step of the conversation: tells which connections are waited for, and what the packets' comments say.
    void take(const Step &step);

    /// Ends the capture when it holds the end of every connection, or a second after this; then the file of --capture is
    /// whole, and `then` is called. At once where nothing is captured.
    void finish(std::function<void()> then);

    quint16 port() const { return m_request.port; } ///< that is, or was last, to be captured
    bool isRunning() const { return m_isRunning; }
    const std::optional<CaptureProblem> &problem() const { return m_problem; } ///< the last attempt failed so
    /// The pcap file that holds the packets by their Segment::frame; empty where nothing was captured.
    QString packetFile() const { return m_capture ? m_capture->path() : QString(); }

    /// What is said of segments that were dropped so far; see CaptureSource::dropped().
    static QString dropSentence(qint64 segments, bool isExact);

signals:
    void began(); ///< frames count from 1 again
    /// At once, but at most once a frame of the screen.
    void captured(const std::vector<Segment> &segments);
    void failed(const CaptureProblem &problem); ///< no (more) segments come; the conversation goes on without a capture
    void noted(const QString &sentence);        ///< what the log should say of the capture
    void dropped(const QString &sentence);      ///< segments came faster than they were read
    void fileFailed(const QString &sentence);   ///< the file of --capture lacks something

private:
    void begin(const QString &interface, quint16 port, std::function<void()> then);
    void capture(const QString &interface, quint16 port);
    void showFile(const QString &path);
    void afterLast(std::function<void()> next);
    void beginNext();
    void makeCapture();
    void awaitFrame();
    void takeBatch();
    void goOn();
    bool holdsEnd() const;
    void stop();
    void leaveFile();
    void writeComments();
    void conclude();

    const QString m_path;
    const bool m_isCommented; ///< the path names a pcapng file
    std::unique_ptr<Capture> m_capture;
    CaptureRequest m_request;
    std::optional<CaptureProblem> m_problem;
    bool m_isRunning = false;
    bool m_isFollowing = false;
    QTcpSocket m_reserved; ///< has the port that 0 stood for, until the server has it
    bool m_keepsFile;      ///< of the path; what is captured from now on belongs there
    QTimer m_frame;
    QElapsedTimer m_sinceBatch;
    QTimer m_endTimer; ///< while finish() waits for the end of connections
    std::function<void()> m_then;
    std::function<void()> m_next; ///< begins another capture when this one has ended
    std::function<void()> m_finished;
    FlowTable m_flows;
    std::vector<Step> m_steps; ///< for comments; else only those that open a connection
};
