// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "captureexport.h"

#include "csv.h"
#include "ladder/laddertext.h"
#include "steps/stepjson.h"
#include "wire/capturefile.h"
#include "wire/dumpwire.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype packetsAtOnce = 4096;

QString tr(const char *text)
{
    return QCoreApplication::translate("CaptureExport", text);
}

QString nothing(const QString &from, const QString &broken)
{
    return broken.isEmpty() ? tr("Nothing to export: %1 holds no TCP segments.").arg(from)
                            : tr("Nothing to export from %1: %2").arg(from, broken);
}

QString cutShort(const QString &to, const QString &broken)
{
    return broken.isEmpty() ? QString() : tr("%1 holds what could be read of the capture: %2").arg(to, broken);
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
    const bool isSound = segment.isSound();
    const QByteArrayList fields{time(segment),
                                Csv::quoted(segment.source.text()),
                                Csv::quoted(segment.destination.text()),
                                Csv::quoted(isSound ? flags(segment) : QString()),
                                Csv::number(segment.sequence, isSound),
                                Csv::number(segment.acknowledgement, isSound && segment.has(Segment::Ack)),
                                Csv::number(segment.length, isSound)};
    return fields.join(',') + "\r\n";
}

/// Its fields in the order of the CSV's, which QJsonObject would not keep.
QByteArray jsonLine(const Segment &segment)
{
    QByteArray line = "{\"time\":\"" + time(segment) + "\",\"from\":\"" + segment.source.text().toLatin1() +
                      "\",\"to\":\"" + segment.destination.text().toLatin1() + '"';
    if (segment.isSound()) {
        line += ",\"flags\":\"" + flags(segment).toLatin1() + "\",\"seq\":" + QByteArray::number(segment.sequence);
        if (segment.has(Segment::Ack))
            line += ",\"ack\":" + QByteArray::number(segment.acknowledgement);
        line += ",\"length\":" + QByteArray::number(segment.length);
    }
    return line + "}\n";
}

QString exportRows(const QString &from, const QString &to, ExportKind kind, QSaveFile &out)
{
    if (kind == ExportKind::Csv)
        out.write("time,from,to,flags,seq,ack,length\r\n");
    CaptureFile file(from);
    bool isEmpty = true;
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More;) {
        std::vector<Segment> segments;
        state = file.read(packetsAtOnce, segments);
        isEmpty = isEmpty && segments.empty();
        for (const Segment &segment : segments)
            out.write(kind == ExportKind::Csv ? csvLine(segment) : jsonLine(segment));
    }
    if (isEmpty)
        return nothing(from, file.sentence());
    return out.commit() ? cutShort(to, file.sentence()) : tr("Cannot write %1: %2.").arg(to, out.errorString());
}

struct CloseFile {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

QString exportPage(const QString &from, const QString &to, QSaveFile &out)
{
    const std::unique_ptr<std::FILE, CloseFile> page(fdopen(dup(out.handle()), "w"));
    if (!page)
        return tr("Cannot write %1: %2.").arg(to, qt_error_string());
    const QString sentence = dumpWire(from, false, page.get());
    if (std::ferror(page.get()))
        return tr("Cannot write %1: %2.").arg(to, sentence);
    if (out.size() == 0)
        return nothing(from, sentence);
    return out.commit() ? cutShort(to, sentence) : tr("Cannot write %1: %2.").arg(to, out.errorString());
}

QString exportPackets(const QString &from, const QString &to, const PacketComments &comments)
{
    CaptureFile file(from);
    for (auto state = CaptureFile::State::More; state == CaptureFile::State::More;) {
        std::vector<Segment> segments;
        state = file.read(packetsAtOnce, segments);
    }
    if (file.packets() == 0)
        return nothing(from, file.sentence());
    const QString error = writeCommentedCapture(from, to, comments);
    return error.isEmpty() ? cutShort(to, file.sentence()) : error;
}

} // namespace

QString exportCapture(const QString &from, const QString &to, ExportKind kind, const PacketComments &comments)
{
    if (kind == ExportKind::Pcapng)
        return exportPackets(from, to, comments);
    QSaveFile out(to);
    if (!out.open(QIODevice::WriteOnly))
        return tr("Cannot write %1: %2.").arg(to, out.errorString());
    return kind == ExportKind::Text ? exportPage(from, to, out) : exportRows(from, to, kind, out);
}
