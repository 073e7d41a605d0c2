// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportjoint.h"

#include "base/savedfile.h"
#include "csv.h"
#include "exportstream.h"
#include "jointpackets.h"
#include "ladder/laddermodel.h"
#include "ladder/laddertext.h"
#include "steps/stepjson.h"
#include "tunnelfield.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace {

constexpr int readJointPercent = 50; ///< of the work, roughly; writing is the rest

struct ExportJointStrings {
    Q_DECLARE_TR_FUNCTIONS(ExportJoint)
};

/// A row of a table, where it stands in the joint capture.
struct TableRow {
    qint64 timeUs = 0;
    int flow = 0;
    qsizetype row = 0;
};

std::vector<TableRow> tableRows(const FlowTable &flows, int connection)
{
    std::vector<TableRow> rows;
    for (int flow = 0; flow < flows.count(); ++flow) {
        if (connection > 0 && flow != connection - 1)
            continue;
        for (qsizetype row = 0; row < flows.at(flow).count(); ++row)
            rows.push_back({flows.at(flow).at(row).timeUs, flow, row});
    }
    std::ranges::stable_sort(rows, {}, &TableRow::timeUs);
    return rows;
}

QByteArray timeText(qint64 us)
{
    QByteArray text;
    if (us != Transit::unknown)
        StepJson::appendTime(text, us);
    return text;
}

/// The fields of a row, in the order of the columns.
struct TableFields {
    QByteArray departure;
    QByteArray arrival;
    QByteArray fate; ///< arrived, lost, not-captured; "only-A", "only-B": of a connection that one capture has
    QByteArray from;
    QByteArray to;
    QByteArray flags;
    quint32 tunnel = 0; ///< Segment::tunnel
    const FlowSegment &segment;
    const IcmpError *error = nullptr; ///< instead of a segment
};

TableFields fieldsOf(const JointCapture &joint, const TableRow &at)
{
    const Flow &flow = joint.flows().at(at.flow);
    const FlowSegment &segment = flow.at(at.row);
    TableFields fields{.from = flow.address(segment.sender).text().toLatin1(),
                       .to = flow.address(otherEnd(segment.sender)).text().toLatin1(),
                       .flags = segment.flags == 0 ? QByteArray() : LadderText::flags(segment.flags).toLatin1(),
                       .tunnel = flow.tunnel(),
                       .segment = segment,
                       .error = flow.error(at.row)};
    if (fields.error) {
        fields.from = fields.error->reporterText().toLatin1();
        fields.flags = fields.error->text().toLatin1();
    }
    if (!flow.transits()) {
        fields.departure = timeText(segment.timeUs);
        fields.fate = joint.origin(at.flow).flows[0] >= 0 ? "only-A" : "only-B";
        return fields;
    }
    const Transit &transit = flow.transits()->rows[size_t(at.row)];
    fields.departure = timeText(transit.departureUs);
    fields.arrival = timeText(transit.arrivalUs);
    fields.fate = transit.fate == Transit::Fate::Arrived ? "arrived"
                  : transit.fate == Transit::Fate::Lost  ? "lost"
                                                         : "not-captured";
    return fields;
}

QByteArray jointCsvLine(const TableFields &fields)
{
    const auto quoted = [](const QByteArray &field) { return Csv::quoted(QString::fromLatin1(field)); };
    const bool isSound = !fields.flags.isEmpty() && !fields.error;
    const QByteArrayList all{fields.departure,
                             fields.arrival,
                             fields.fate,
                             quoted(fields.from),
                             quoted(fields.to),
                             quoted(fields.flags),
                             Csv::number(fields.segment.sequence, isSound || fields.error),
                             Csv::number(fields.segment.acknowledgement, fields.segment.has(Segment::Ack)),
                             Csv::number(fields.segment.length, isSound),
                             TunnelField::csv(fields.tunnel)};
    return all.join(',') + "\r\n";
}

QByteArray jointJsonLine(const TableFields &fields)
{
    QByteArray line = "{";
    const auto add = [&line](const char *name, const QByteArray &value) {
        if (!value.isEmpty())
            line += QByteArray(line.size() > 1 ? "," : "") + '"' + name + "\":\"" + value + '"';
    };
    add("departure", fields.departure);
    add("arrival", fields.arrival);
    add("fate", fields.fate);
    add("from", fields.from);
    add("to", fields.to);
    const QByteArray end = TunnelField::jsonEnd(fields.tunnel);
    if (fields.error) {
        add("icmp", QByteArray(fields.error->name().data(), fields.error->name().size()));
        if (fields.error->mtu > 0)
            line += ",\"mtu\":" + QByteArray::number(fields.error->mtu);
        return line + ",\"seq\":" + QByteArray::number(fields.segment.sequence) + end;
    }
    add("flags", fields.flags);
    if (!fields.flags.isEmpty())
        line += ",\"seq\":" + QByteArray::number(fields.segment.sequence);
    if (fields.segment.has(Segment::Ack))
        line += ",\"ack\":" + QByteArray::number(fields.segment.acknowledgement);
    if (!fields.flags.isEmpty())
        line += ",\"length\":" + QByteArray::number(fields.segment.length);
    return line + end;
}

/// What is true of both captures, for the lines that begin with "#".
QStringList comments(const JointCapture &joint, int connection)
{
    QStringList sentences;
    for (int flow = 0; flow < joint.flows().count(); ++flow) {
        if (connection > 0 && flow != connection - 1)
            continue;
        for (const QString &sentence : joint.legend(flow, joint.flows().at(flow))) {
            if (!sentences.contains(sentence) && sentences.size() < 16)
                sentences.append(sentence);
        }
    }
    for (const QString &note : joint.notes()) {
        if (!sentences.contains(note))
            sentences.append(note);
    }
    return sentences;
}

void writeTable(const JointCapture &joint, int connection, ExportKind kind, SavedFile &out, ExportProgress &progress)
{
    if (kind == ExportKind::Csv) {
        for (const QString &sentence : comments(joint, connection))
            out.write("# " + sentence.toUtf8() + "\r\n");
        out.write("departure,arrival,fate,from,to,flags,seq,ack,length,tunnel\r\n");
    }
    const std::vector<TableRow> rows = tableRows(joint.flows(), connection);
    for (size_t i = 0; i < rows.size() && !progress.isCancelled() && !out.hasFailed(); ++i) {
        const TableFields fields = fieldsOf(joint, rows[i]);
        out.write(kind == ExportKind::Csv ? jointCsvLine(fields) : jointJsonLine(fields));
        progress.set(qint64(i), qint64(rows.size()));
    }
}

void writePage(const JointCapture &joint, int index, SavedFile &out, ExportProgress &progress)
{
    const Flow &flow = joint.flows().at(index);
    QByteArray text;
    for (const QString &sentence : joint.legend(index, flow))
        text += "# " + sentence.toUtf8() + '\n';
    out.write(text);
    qsizetype written = 0;
    joint.print(index, flow, false, [&](QByteArrayView piece) {
        out.write(piece.data(), piece.size());
        progress.set(written += piece.count('\n'), joint.lineCount(flow) + qsizetype(flow.headings().size()));
        return !progress.isCancelled() && !out.hasFailed();
    });
}

void writePages(const JointCapture &joint, int connection, SavedFile &out, ExportProgress &progress)
{
    const int first = connection > 0 ? connection - 1 : 0;
    const int end = connection > 0 ? connection : joint.flows().count();
    for (int flow = first; flow < end && !progress.isCancelled(); ++flow) {
        if (flow > first)
            out.write("\n");
        writePage(joint, flow, out, progress);
    }
    const QString notes = joint.notes().join(u' ');
    if (!notes.isEmpty())
        out.write("\n# " + notes.toUtf8() + '\n');
}

ExportOutcome saveJointLadder(const std::shared_ptr<JointCapture> &joint, int flow, const QString &to,
                              const LadderSaver &saveLadder, ExportProgress &progress)
{
    Recording recording([](qsizetype) { return Step(); });
    LadderModel ladder(recording);
    recording.setJoint(joint);
    ladder.showFlow(flow);
    return saveLadder(ladder, to, progress);
}

/// One that needs a single connection: a ladder, or its bytes.
ExportOutcome exportOne(const ExportSource &source, const std::shared_ptr<JointCapture> &joint, const QString &to,
                        ExportKind kind, const LadderSaver &saveLadder, ExportProgress &progress)
{
    const int flow = std::max(0, source.connection - 1);
    const int count = joint->flows().count();
    const QString names = joint->flows().at(flow).address(Side::Client).text() + u" → "_s +
                          joint->flows().at(flow).address(Side::Server).text();
    const QString notes = joint->notes().join(u' ');
    ExportOutcome outcome;
    if (kind == ExportKind::Bytes) {
        ExportSource one = source;
        one.shown = ShownLadder{.flow = joint->flows().at(flow)};
        one.payload = joint->contentPaths();
        outcome = exportStream(one, to, progress);
    } else {
        outcome = saveJointLadder(joint, flow, to, saveLadder, progress);
    }
    if (!outcome.error.isEmpty() || outcome.isCancelled)
        return outcome;
    QStringList all{outcome.note, notes};
    if (count > 1 && source.connection == 0)
        all.append(ExportJointStrings::tr("%1 shows the first of %2 connections, %3.")
                       .arg(QFileInfo(to).fileName())
                       .arg(count)
                       .arg(names));
    all.removeAll(QString());
    outcome.note = all.join(u' ');
    return outcome;
}

} // namespace

ExportOutcome exportJoint(const ExportSource &source, const QString &to, ExportKind kind, const LadderSaver &saveLadder,
                          ExportProgress &progress)
{
    const auto joint = JointCapture::read({source.capture, source.secondCapture}, progress);
    if (progress.isCancelled())
        return {.isCancelled = true};
    if (!joint->error().isEmpty())
        return {.error = joint->error(), .note = joint->notes().join(u' ')};
    if (source.connection > joint->flows().count())
        return {.error = source.noConnection()};
    progress.beginPart(readJointPercent, 100);
    if (isOfOneConnection(kind))
        return exportOne(source, joint, to, kind, saveLadder, progress);
    SavedFile out(to);
    if (!out.begin())
        return {.error = out.sentence()};
    if (kind == ExportKind::Text)
        writePages(*joint, source.connection, out, progress);
    else if (kind == ExportKind::Pcapng)
        writeJointPackets(*joint, source.connection, out, progress);
    else
        writeTable(*joint, source.connection, kind, out, progress);
    if (progress.isCancelled())
        return {.isCancelled = true};
    const bool isWritten = out.finish() && out.publish();
    return {.error = isWritten ? QString() : out.sentence(), .note = isWritten ? joint->notes().join(u' ') : QString()};
}
