// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversationcapture.h"

#include "base/plainfile.h"
#include "capture/captureinterface.h"
#include "export/stepcomments.h"
#include "link/linknetwork.h"

#include <QFile>

#include <algorithm>

namespace {

constexpr int frameMs = 16;
constexpr qsizetype keptBytes = 4096; ///< of a message, for its comment
/// The original's server closes a second after the client; the rest is for two busy programs.
constexpr int endMs = 1250;

bool isOfLink(const QString &interface)
{
    return std::ranges::any_of(bothSides, [&](Side end) { return LinkNetwork::deviceName(end) == interface; });
}

bool opensConnection(const Step &step)
{
    return step.kind == StepKind::Connected && step.connection > 0;
}

} // namespace

ConversationCapture::ConversationCapture(const QString &path, const FlowTable &flows, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_flows(flows)
    , m_isCommented(path.endsWith(QLatin1StringView(".pcapng"), Qt::CaseInsensitive))
    , m_keepsFile(!path.isEmpty())
    , m_frame(this)
    , m_endTimer(this)
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &ConversationCapture::takeBatch);
    m_endTimer.setSingleShot(true);
    m_endTimer.setInterval(endMs);
    m_endTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_endTimer, &QTimer::timeout, this, &ConversationCapture::stop);
}

ConversationCapture::~ConversationCapture() = default;

QString ConversationCapture::pathError() const
{
    if (m_path.isEmpty())
        return {};
    if (const QString obstacle = PlainFile::obstacle(m_path); !obstacle.isEmpty()) // opening a FIFO waits for a reader
        return tr("Cannot write %1: %2.").arg(m_path, obstacle);
    QFile file(m_path);
    const bool isNew = !file.exists();
    if (file.open(QIODevice::WriteOnly | QIODevice::Append)) {
        if (isNew)
            file.remove(); // there may never be a capture
        return {};
    }
    return tr("Cannot write %1: %2.").arg(m_path, file.errorString());
}

void ConversationCapture::beginServing(const QHostAddress &address, quint16 port,
                                       const std::function<void(quint16 port)> &listen)
{
    m_reserved.close();
    // Two sockets can have the same port while neither listens.
    if (port == 0 && m_reserved.bind(address, 0, QAbstractSocket::ReuseAddressHint))
        port = m_reserved.localPort();
    begin(CaptureInterface::at(address), port, [listen, port] { listen(port); });
}

void ConversationCapture::beginConnecting(const QString &host, quint16 port, std::function<void()> connectNow)
{
    begin(CaptureInterface::to(host), port, std::move(connectNow));
}

void ConversationCapture::begin(const QString &interface, quint16 port, std::function<void()> then)
{
    m_then = std::move(then);
    if (m_isLinked && !m_keepsFile && isOfLink(interface)) {
        goOn();
        return;
    }
    if (m_isRunning && !m_next && (m_isFollowing || (interface == m_request.interface && port == m_request.port))) {
        goOn();
        return;
    }
    afterLast([this, interface, port] { capture(interface, port); });
}

void ConversationCapture::capture(const QString &interface, quint16 port)
{
    m_request = {.interface = interface, .port = port, .file = m_keepsFile && !m_isCommented ? m_path : QString()};
    makeCapture();
    connect(m_capture.get(), &Capture::started, this, [this] {
        m_isRunning = true;
        emit noted(tr("Capturing the segments of port %1 on %2").arg(m_request.port).arg(m_request.interface));
        emit began();
        goOn();
    });
    m_capture->start(m_request);
}

void ConversationCapture::follow(const QString &path)
{
    afterLast([this, path] { showFile(path); });
}

void ConversationCapture::showFile(const QString &path)
{
    makeCapture();
    connect(m_capture.get(), &Capture::started, this, [this, path] {
        m_isRunning = m_isFollowing = true;
        emit noted(tr("Showing the segments of %1, including new ones").arg(path));
        emit began();
        goOn();
    });
    m_capture->follow(path);
}

/// The running capture ends first, and its last segments are kept.
void ConversationCapture::afterLast(std::function<void()> next)
{
    m_next = std::move(next);
    if (m_isRunning)
        m_capture->stop();
    else
        beginNext();
}

void ConversationCapture::beginNext()
{
    if (const auto next = std::exchange(m_next, {}))
        next();
}

void ConversationCapture::makeCapture()
{
    m_isRunning = m_isFollowing = false;
    m_problem.reset();
    m_drops = 0;
    m_capture = std::make_unique<Capture>();
    connect(m_capture.get(), &Capture::failed, this, [this](const CaptureProblem &problem) {
        if (m_isRunning)
            leaveFile();
        m_isRunning = m_isFollowing = false;
        m_problem = problem;
        emit failed(problem);
        if (m_next) {
            conclude();
            return;
        }
        goOn();
        if (m_finished)
            conclude();
    });
    connect(m_capture.get(), &Capture::filled, this, &ConversationCapture::awaitFrame);
    connect(m_capture.get(), &Capture::dropped, this, [this](qint64 segments, bool isExact) {
        m_drops = segments;
        emit dropped(dropSentence(segments, isExact));
    });
    connect(m_capture.get(), &Capture::leftOut, this,
            [this](const LeftOut &packets) { emit leftOut(packets.sentence()); });
    connect(m_capture.get(), &Capture::keepingFailed, this,
            [this](const QString &reason) { emit fileFailed(tr("The capture is no longer kept. %1").arg(reason)); });
    connect(m_capture.get(), &Capture::finished, this, &ConversationCapture::conclude);
}

QString ConversationCapture::dropSentence(qint64 segments, bool isExact)
{
    if (segments == 1)
        return isExact ? tr("The kernel has dropped 1 segment before this capture could read it")
                       : tr("The kernel has dropped about 1 segment before this capture could read it");
    return (isExact ? tr("The kernel has dropped %1 segments before this capture could read them")
                    : tr("The kernel has dropped about %1 segments before this capture could read them"))
        .arg(segments);
}

void ConversationCapture::goOn()
{
    if (const auto then = std::exchange(m_then, {}))
        then();
}

void ConversationCapture::take(const Step &step)
{
    if (step.kind == StepKind::Listening || step.kind == StepKind::Error)
        m_reserved.close();
    if (!m_keepsFile || !(m_isCommented || opensConnection(step)))
        return;
    m_steps.push_back(step);
    m_steps.back().payload.truncate(keptBytes);
}

/// A single segment is shown at once; many are shown a frame after the last batch.
void ConversationCapture::awaitFrame()
{
    const qint64 since = m_sinceBatch.isValid() ? m_sinceBatch.elapsed() : frameMs;
    m_frame.start(int(qBound(qint64(0), frameMs - since, qint64(frameMs))));
}

void ConversationCapture::takeBatch()
{
    if (!m_capture)
        return;
    m_sinceBatch.start();
    const std::vector<Segment> segments = m_capture->take();
    if (segments.empty())
        return;
    emit captured(segments);
    if (m_finished && m_endTimer.isActive() && holdsEnd())
        stop();
}

/// Every connection of the conversation was captured up to its end.
bool ConversationCapture::holdsEnd() const
{
    return std::all_of(m_steps.begin(), m_steps.end(), [this](const Step &step) {
        if (!opensConnection(step))
            return true;
        const std::vector<int> flows = m_flows.find(step.local, step.peer);
        return !flows.empty() && m_flows.at(flows.back()).isOver();
    });
}

void ConversationCapture::finish(std::function<void()> then)
{
    m_finished = std::move(then);
    m_then = m_next = {};
    if (!m_isRunning || !m_keepsFile) {
        conclude();
        return;
    }
    takeBatch();
    if (holdsEnd())
        stop();
    else
        m_endTimer.start();
}

void ConversationCapture::stop()
{
    m_endTimer.stop();
    m_capture->stop();
}

void ConversationCapture::writeComments()
{
    if (!m_isRunning || !m_keepsFile || !m_isCommented)
        return;
    const QString error =
        writeCommentedCapture(m_capture->path(), m_path, stepComments(m_flows, m_steps), quint64(m_drops));
    if (!error.isEmpty())
        emit fileFailed(error);
}

/// A file holds one capture.
void ConversationCapture::leaveFile()
{
    takeBatch();
    writeComments();
    if (std::exchange(m_keepsFile, false))
        emit noted(tr("%1 holds what was captured until now; later segments are not added").arg(m_path));
}

void ConversationCapture::conclude()
{
    m_endTimer.stop();
    if (m_next) {
        leaveFile();
        m_isRunning = false;
        // Later, because this capture is emitting a signal now.
        QMetaObject::invokeMethod(this, &ConversationCapture::beginNext, Qt::QueuedConnection);
        return;
    }
    takeBatch();
    writeComments();
    m_isRunning = false;
    if (const auto finished = std::exchange(m_finished, {}))
        finished();
}

#include "moc_conversationcapture.cpp"
