// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureexport.h"

#include "base/savedfile.h"
#include "capture/capturefile.h"
#include "csv.h"
#include "flows/flowtable.h"
#include "ladder/laddertext.h"
#include "steps/stepjson.h"
#include "tcpdump/dumpwire.h"
#include "tunnelfield.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <set>

using namespace Qt::StringLiterals;

namespace {

struct CaptureExportStrings {
    Q_DECLARE_TR_FUNCTIONS(CaptureExport)
};

/// The error for a capture without segments.
QString noSegments(const ExportSource &from, const QString &broken)
{
    return broken.isEmpty() ? from.noSegments()
                            : CaptureExportStrings::tr("Nothing to export from %1: %2").arg(from.capture, broken);
}

/// The error if nothing was written.
QString missing(const ExportSource &from, const QString &broken)
{
    return from.connection > 0 ? from.noConnection() : noSegments(from, broken);
}

/// Tells which segments belong to the connection that is exported.
class ChosenConnection
{
public:
    explicit ChosenConnection(const ExportSource &from)
        : m_connection(from.connection)
    {
    }
    bool takes(const Segment &segment) { return m_connection == 0 || m_flows.append(segment).flow == m_connection - 1; }

private:
    const int m_connection; ///< 0: all
    FlowTable m_flows;
};

QString cutShort(const QString &to, const QString &broken)
{
    return broken.isEmpty()
               ? QString()
               : CaptureExportStrings::tr("%1 holds what could be read of the capture: %2").arg(to, broken);
}

QString flags(const Segment &segment)
{
    return segment.flags == 0 ? QString() : LadderText::flags(segment.flags);
}

QByteArray time(const Segment &segment)
{
    QByteArray text;
    StepJson::appendTime(text, segment.timeUs);
    return text;
}

QByteArray csvLine(const Segment &segment)
{
    if (const IcmpError *error = segment.icmp())
        return QByteArrayList{time(segment),
                              Csv::quoted(error->reporterText()),
                              Csv::quoted(segment.destination.text()),
                              Csv::quoted(error->text()),
                              Csv::number(error->sequence, true),
                              {},
                              {},
                              TunnelField::csv(segment.tunnel)}
                   .join(',') +
               "\r\n";
    const bool isSound = segment.isSound();
    const QByteArrayList fields{time(segment),
                                Csv::quoted(segment.source.text()),
                                Csv::quoted(segment.destination.text()),
                                Csv::quoted(isSound ? flags(segment) : QString()),
                                Csv::number(segment.sequence, isSound),
                                Csv::number(segment.acknowledgement, isSound && segment.has(Segment::Ack)),
                                Csv::number(segment.length, isSound),
                                TunnelField::csv(segment.tunnel)};
    return fields.join(',') + "\r\n";
}

/// The fields in the order of the CSV columns; QJsonObject would not keep it.
QByteArray jsonLine(const Segment &segment)
{
    const QByteArray end = TunnelField::jsonEnd(segment.tunnel);
    if (const IcmpError *error = segment.icmp()) {
        QByteArray line = "{\"time\":\"" + time(segment) + "\",\"from\":\"" + error->reporterText().toLatin1() +
                          "\",\"to\":\"" + segment.destination.text().toLatin1() + "\",\"icmp\":\"" +
                          QByteArray(error->name().data(), error->name().size()) + '"';
        if (error->mtu > 0)
            line += ",\"mtu\":" + QByteArray::number(error->mtu);
        return line + ",\"seq\":" + QByteArray::number(error->sequence) + end;
    }
    QByteArray line = "{\"time\":\"" + time(segment) + "\",\"from\":\"" + segment.source.text().toLatin1() +
                      "\",\"to\":\"" + segment.destination.text().toLatin1() + '"';
    if (segment.isSound()) {
        line += ",\"flags\":\"" + flags(segment).toLatin1() + "\",\"seq\":" + QByteArray::number(segment.sequence);
        if (segment.has(Segment::Ack))
            line += ",\"ack\":" + QByteArray::number(segment.acknowledgement);
        line += ",\"length\":" + QByteArray::number(segment.length);
    }
    return line + end;
}

/// Gives the file its name, and reports where the capture is damaged, and what is left out.
ExportOutcome published(SavedFile &out, const QString &broken, const QString &leftOut = {})
{
    const bool isWritten = out.finish() && out.publish();
    return {.error = isWritten ? cutShort(out.path(), broken) : out.sentence(),
            .note = isWritten ? leftOut : QString()};
}

/// The whole capture is read for it: a CSV file begins with this sentence.
QString leftOutOf(const QString &capture, const ExportProgress &progress)
{
    CaptureFile file(capture);
    file.readRest([&progress](const std::vector<Segment> &) { return !progress.isCancelled(); });
    return file.leftOut().sentence();
}

ExportOutcome exportRows(const ExportSource &from, ExportKind kind, SavedFile &out, ExportProgress &progress)
{
    if (const QString leftOut = kind == ExportKind::Csv ? leftOutOf(from.capture, progress) : QString();
        !leftOut.isEmpty())
        out.write("# " + leftOut.toUtf8() + "\r\n");
    if (kind == ExportKind::Csv)
        out.write("time,from,to,flags,seq,ack,length,tunnel\r\n");
    CaptureFile file(from.capture);
    ChosenConnection chosen(from);
    const qint64 size = QFileInfo(from.capture).size();
    bool isEmpty = true;
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More && !out.hasFailed();) {
        if (progress.isCancelled())
            return {.isCancelled = true};
        progress.set(file.position(), size);
        std::vector<Segment> segments;
        state = file.read(CaptureFile::packetsAtOnce, segments);
        for (const Segment &segment : segments) {
            if (!chosen.takes(segment))
                continue;
            out.write(kind == ExportKind::Csv ? csvLine(segment) : jsonLine(segment));
            isEmpty = false;
        }
    }
    if (isEmpty && !out.hasFailed())
        return {.error = missing(from, file.sentence()), .note = file.leftOut().sentence()};
    return published(out, file.sentence(), file.leftOut().sentence());
}

ExportOutcome exportPage(const ExportSource &from, SavedFile &out, ExportProgress &progress)
{
    qint64 size = 0;
    const auto write = [&out, &size](QByteArrayView text) {
        size += text.size();
        return out.write(text.data(), text.size()) == text.size();
    };
    const WireDump dump = dumpWire(from.capture, false, from.connection, write, &progress);
    if (progress.isCancelled())
        return {.isCancelled = true};
    if (out.hasFailed())
        return {.error = out.sentence()};
    if (size == 0)
        return {.error = missing(from, dump.error), .note = dump.leftOut};
    if (!dump.leftOut.isEmpty())
        out.write("\n# " + dump.leftOut.toUtf8() + '\n');
    return published(out, dump.error, dump.leftOut);
}

ExportOutcome exportPackets(const ExportSource &from, SavedFile &out, const CommentsOf &comments,
                            ExportProgress &progress)
{
    CaptureFile file(from.capture);
    ChosenConnection chosen(from);
    std::set<quint32> frames; // of the chosen connection
    file.readRest([&](const std::vector<Segment> &segments) {
        for (const Segment &segment : segments) {
            if (from.connection > 0 && chosen.takes(segment))
                frames.insert(segment.frame);
        }
        return !progress.isCancelled();
    });
    if (file.packets() == 0 || (from.connection > 0 && frames.empty()))
        return {.error = missing(from, file.sentence())};
    PacketFilter filter;
    if (from.connection > 0)
        filter = [&frames](quint32 frame) { return frames.contains(frame); };
    const QString error = writeCommentedCapture(from.capture, out, comments, from.drops, filter, &progress);
    if (progress.isCancelled())
        return {.isCancelled = true};
    return error.isEmpty() || out.hasFailed() ? published(out, file.sentence()) : ExportOutcome{.error = error};
}

} // namespace

ExportOutcome exportCapture(const ExportSource &from, const QString &to, ExportKind kind, const CommentsOf &comments,
                            ExportProgress &progress)
{
    SavedFile out(to);
    if (!out.begin())
        return {.error = out.sentence()};
    if (kind == ExportKind::Pcapng)
        return exportPackets(from, out, comments, progress);
    return kind == ExportKind::Text ? exportPage(from, out, progress) : exportRows(from, kind, out, progress);
}
