// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "exportladder.h"

#include "capture/capturefile.h"
#include "ladder/laddermodel.h"
#include "sessionsteps.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <set>

namespace {

constexpr int readPercent = 20; ///< of the work, roughly; painting is the rest

struct ExportLadderStrings {
    Q_DECLARE_TR_FUNCTIONS(ExportLadder)
};

/// The ladder, read from the files.
class Ladder
{
public:
    explicit Ladder(const ExportSource &source)
        : m_source(source)
        , m_steps(source.session, SessionSteps::Remember::Places)
        , m_recording([this](qsizetype index) { return m_steps.at(index); })
        , m_model(m_recording)
    {
    }

    const LadderModel &model() const { return m_model; }
    qsizetype connections() const { return m_connections; } ///< that the files have; 1 where one was asked for
    const QString &broken() const { return m_broken; }      ///< where the capture breaks off
    const QString &leftOut() const { return m_leftOut; }    ///< which packets of the capture are missing

    /// Returns nothing, or a sentence that says why it failed.
    QString read(ExportProgress &progress)
    {
        m_model.setAbsolute(m_source.shown && m_source.shown->isAbsolute);
        if (m_source.shown && m_source.shown->flow)
            addShown();
        else if (!m_source.shown && !m_source.capture.isEmpty())
            readCapture(progress);
        int connection = m_source.shown ? m_source.shown->connection : m_source.connection;
        if (!m_source.session.isEmpty()) {
            if (const QString error = m_steps.open(); !error.isEmpty())
                return error;
            if (!m_source.shown && connection == 0)
                connection = firstConnection(progress);
            if (connection > 0 || m_recording.flows().count() > 0)
                readSteps(connection, progress);
        }
        show(connection);
        return {};
    }

private:
    void addShown()
    {
        m_recording.setLegend(m_source.shown->legend);
        m_recording.addFlow(*m_source.shown->flow);
    }

    void readCapture(const ExportProgress &progress)
    {
        CaptureFile file(m_source.capture);
        file.readRest([&](const std::vector<Segment> &segments) {
            m_recording.addSegments(segments);
            return !progress.isCancelled();
        });
        m_recording.setEnded();
        m_broken = file.sentence();
        m_leftOut = file.leftOut().sentence();
        m_connections = m_recording.flows().count();
    }

    /// The connection with the lowest number.
    int firstConnection(const ExportProgress &progress)
    {
        std::set<int> all;
        for (int next = m_steps.nextConnection(); next > 0 && !progress.isCancelled(); next = m_steps.nextConnection())
            all.insert(next);
        m_steps.rewind();
        if (!all.empty())
            m_connections = qsizetype(all.size());
        return all.empty() ? 0 : *all.begin();
    }

    void readSteps(int connection, ExportProgress &progress)
    {
        m_steps.setConnection(connection);
        for (Step step; m_steps.next(step) && !progress.isCancelled();) {
            progress.set(m_steps.done(), m_steps.all());
            step.payload.clear();
            m_recording.addStep(step);
        }
    }

    void show(int connection)
    {
        if (m_source.shown) {
            for (const Recording::KernelState &state : m_source.shown->states)
                m_recording.addState(connection, state);
        }
        if (connection > 0 && !m_source.session.isEmpty())
            m_model.showConnection(connection);
        else if (const int flow = std::max(0, connection - 1); flow < m_recording.flows().count())
            m_model.showFlow(flow);
    }

    const ExportSource &m_source;
    SessionSteps m_steps;
    Recording m_recording;
    LadderModel m_model;
    qsizetype m_connections = 1;
    QString m_broken;
    QString m_leftOut;
};

QString noLadder(const ExportSource &source, const QString &broken)
{
    if (source.connection > 0)
        return source.noConnection();
    if (!broken.isEmpty())
        return ExportLadderStrings::tr("Nothing to export from %1: %2").arg(source.capture, broken);
    if (source.shown)
        return source.session.isEmpty() ? source.noSegments()
                                        : ExportLadderStrings::tr("Nothing to export: there is no connection yet.");
    return source.session.isEmpty()
               ? source.noSegments()
               : ExportLadderStrings::tr("Nothing to export: %1 holds no steps of a connection.").arg(source.session);
}

} // namespace

ExportOutcome exportLadder(const ExportSource &source, const QString &to, const LadderSaver &saveLadder,
                           ExportProgress &progress)
{
    progress.beginPart(0, readPercent);
    Ladder ladder(source);
    if (const QString error = ladder.read(progress); !error.isEmpty())
        return {.error = error};
    if (progress.isCancelled())
        return {.isCancelled = true};
    if (ladder.model().count() == 0)
        return {.error = noLadder(source, ladder.broken()), .note = ladder.leftOut()};
    progress.beginPart(readPercent, 100);
    ExportOutcome outcome = saveLadder(ladder.model(), to, progress);
    if (!outcome.error.isEmpty() || outcome.isCancelled)
        return outcome;
    if (!ladder.broken().isEmpty())
        return {.error =
                    ExportLadderStrings::tr("%1 holds what could be read of the capture: %2").arg(to, ladder.broken())};
    const auto addNote = [&outcome](const QString &note) {
        outcome.note = outcome.note.isEmpty() || note.isEmpty() ? outcome.note + note : outcome.note + u' ' + note;
    };
    addNote(ladder.leftOut());
    if (ladder.connections() > 1 && source.connection == 0) {
        const QString note = ExportLadderStrings::tr("%1 shows the first of %2 connections, %3 → %4.")
                                 .arg(QFileInfo(to).fileName())
                                 .arg(ladder.connections())
                                 .arg(ladder.model().address(Side::Client), ladder.model().address(Side::Server));
        addNote(note);
    }
    return outcome;
}
