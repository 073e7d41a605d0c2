// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "dumpcap.h"

#include "capturefilter.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

struct DumpcapStrings {
    Q_DECLARE_TR_FUNCTIONS(Dumpcap)
};

/// dumpcap passes on a block of packets when it is full or 250 ms old, and discards the block when it is terminated.
constexpr int dumpcapQuietMs = 400;

} // namespace

QString Dumpcap::path()
{
    QStringList folders = qEnvironmentVariable("PATH").split(u':', Qt::SkipEmptyParts);
    folders += {u"/usr/bin"_s, u"/usr/sbin"_s, u"/usr/local/bin"_s};
    for (const QString &folder : std::as_const(folders)) {
        const QFileInfo file(folder + "/dumpcap"_L1);
        if (file.isFile())
            return file.absoluteFilePath();
    }
    return {};
}

Dumpcap::Dumpcap(const CaptureRequest &request, SegmentQueue &queue)
    : LiveSource(request, queue, dumpcapQuietMs)
    , m_process(this)
{
    connect(&lastPackets(), &LastPackets::read, &m_process, &QProcess::terminate);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &Dumpcap::readPackets);
    connect(&m_process, &QProcess::readyReadStandardError, this, &Dumpcap::readSaid);
    connect(&m_process, &QProcess::finished, this, &Dumpcap::exited);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail({.isForbidden = true, .reason = m_process.errorString()});
    });
}

/// QProcess kills its child and waits for its end.
Dumpcap::~Dumpcap()
{
    m_process.disconnect(this);
    m_process.close();
}

void Dumpcap::start()
{
    m_process.start(path(), {u"-q"_s, u"-p"_s, u"-i"_s, request().interface, u"-f"_s,
                             QString::fromLatin1(CaptureFilter::ofPort(request().port)), u"-s"_s,
                             QString::number(PacketStream::maxPacketBytes), u"-B"_s,
                             QString::number(request().bufferMiB), u"-P"_s, u"-w"_s, u"-"_s});
}

void Dumpcap::stop()
{
    m_isStopping = true;
    lastPackets().await();
}

void Dumpcap::readPackets()
{
    m_stream.append(m_process.readAllStandardOutput());
    if (m_stream.hasHeader() && !std::exchange(m_hasBegun, true) && !sink().begin(m_stream.linkType())) {
        fail({.reason = sink().error()});
        return;
    }
    startIfReady();
    bool hasPackets = false;
    while (const auto packet = m_stream.next()) {
        sink().take(*packet);
        hasPackets = true;
    }
    if (hasPackets)
        finishBatch();
    if (m_stream.isBroken())
        fail({.reason = DumpcapStrings::tr("The output of dumpcap is not a capture.")});
}

/// dumpcap names its output file once it captures. "Capturing on 'lo'" comes earlier, even if it may not capture.
void Dumpcap::readSaid()
{
    m_said += QString::fromLocal8Bit(m_process.readAllStandardError());
    startIfReady();
}

void Dumpcap::startIfReady()
{
    if (m_hasBegun && m_said.contains("File: "_L1) && !std::exchange(m_hasStarted, true))
        emit started(sink().path(), sink().path());
}

QString Dumpcap::complaint() const
{
    static const QRegularExpression line(u"^dumpcap: (.*)$"_s, QRegularExpression::MultilineOption);
    return line.match(m_said).captured(1).trimmed();
}

qint64 Dumpcap::droppedIn(const QString &said)
{
    static const QRegularExpression counts(u"received/dropped on interface .*: \\d+/(\\d+) \\("_s);
    return counts.match(said).captured(1).toLongLong();
}

void Dumpcap::exited()
{
    readSaid();
    readPackets();
    if (m_hasFailed)
        return;
    if (!m_isStopping) {
        const QString said = complaint();
        fail({.isForbidden = !m_hasStarted, .reason = said.isEmpty() ? DumpcapStrings::tr("dumpcap ended.") : said});
        return;
    }
    if (const qint64 packets = droppedIn(m_said); packets > 0) {
        // dumpcap counts packets, also those of others until the kernel has the filter. On loopback each segment is two
        // packets, and it passes on one of them.
        const bool isTwice = request().interface == "lo"_L1 || sink().isOfOneMachine();
        emit dropped(isTwice ? (packets + 1) / 2 : packets, false);
    }
    emit ended();
}

void Dumpcap::fail(const CaptureProblem &problem)
{
    if (std::exchange(m_hasFailed, true))
        return;
    lastPackets().cancel();
    m_process.terminate();
    emit failed(problem);
}

#include "moc_dumpcap.cpp"
