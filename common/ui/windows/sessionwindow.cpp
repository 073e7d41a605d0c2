// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionwindow.h"

#include "conversationpane.h"
#include "export/filelook.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/connectioncombo.h"
#include "ui/status/statusline.h"
#include "ui/steps/logpane.h"
#include "ui/steps/stepview.h"
#include "ui/tools/growinglist.h"
#include "ui/tools/uitools.h"

#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QStatusBar>
#include <QVBoxLayout>

#include <algorithm>
#include <fcntl.h>

namespace {

QString settingsName()
{
    return QStringLiteral("session_window");
}

} // namespace

SessionWindow::SessionWindow(const FileLook &look, QWidget *parent)
    : FileWindow(QFileInfo(look.path).fileName(), parent)
    , m_connectionReader(this)
    , m_stepReader(this)
    , m_recording([this](qsizetype index) { return m_file.at(m_rows[size_t(index)]); })
    , m_combo(new ConnectionCombo("connectionCombo", 40))
    , m_list(new GrowingList([this](int row) { return connectionName(m_connections[size_t(row)]); }, m_combo))
    , m_pane(new ConversationPane(m_file))
    , m_sequence(new SequencePane(m_recording))
{
    createViews();
    connect(&m_file, &SessionFile::grown, this, &SessionWindow::fileGrown);
    connect(&m_file, &SessionFile::cutOff, this, [this](const QString &sentence) {
        notices().show({.key = QStringLiteral("open"), .level = Notice::Level::Information, .text = sentence});
    });
    connect(&m_connectionReader, &SessionReader::read, this, &SessionWindow::takeConnections);
    connect(&m_stepReader, &SessionReader::read, this, &SessionWindow::takeSteps);
    connect(m_combo, &ConnectionCombo::currentIndexChanged, this, &SessionWindow::showConnection);
    m_pane->log()->follow(m_sequence->selection(),
                          {.rowOf = [this](StepRow step) { return qsizetype(m_rows[size_t(step.value())]); },
                           .stepOf = [this](qsizetype row) { return stepOfRow(row); }});
    // A descriptor of its own, because the look may be used again.
    if (!look.file)
        setError(look.error);
    else if (m_file.open(look.path, fcntl(look.file->handle(), F_DUPFD_CLOEXEC, 0)))
        fileGrown();
    else
        setError(m_file.errorString());
    m_pane->log()->view()->setFocus();
}

SessionWindow::~SessionWindow()
{
    delete takeCentralWidget(); // it reads the file
}

void SessionWindow::createViews()
{
    m_combo->setModel(m_list);
    m_pane->log()->setEmptyText(tr("This session has no steps."));
    m_pane->log()->setFollowsNewest(false);
    m_pane->addView(m_sequence, tr("Sequence"), tr("The connection as a ladder: its steps and states"));
    m_sequence->view()->setEmptyText(tr("The connection's messages appear here, from one end to the other."));
    m_sequence->setFollowsNewest(false);
    m_sequence->installEventFilter(this);
    auto *wire = new QLabel(tr("A session holds steps, but no segments.\nA capture of the same conversation has them: "
                               "Session → Open…"));
    UiTools::describe(wire, "noSegments", tr("Wire"));
    wire->setAlignment(Qt::AlignCenter);
    wire->setWordWrap(true);
    wire->setMargin(wire->fontMetrics().height());
    m_pane->addView(wire, tr("Wire"), tr("The connection's segments, as tcpdump prints them"));

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_combo, 0, Qt::AlignLeft);
    layout->addWidget(m_pane, 1);
    const auto source = [this] {
        SessionMenu::Source all{.files = {.session = m_file.path()},
                                .name = QFileInfo(m_file.path()).completeBaseName()};
        if (const int index = m_combo->currentIndex(); index >= 0)
            all.files.shown = ShownLadder{.connection = m_connections[size_t(index)].number};
        return all;
    };
    setUp(source, content);
    m_pane->restore(QSettings(UiTools::organization(), settingsName()));
    m_pane->addActionsTo(viewMenu());
    viewMenu()->addSeparator();
    m_sequence->addActionsTo(viewMenu());
    viewMenu()->addSeparator();
    m_combo->addActionsTo(viewMenu());
}

void SessionWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_pane->setWide(width() >= UiTools::wideWindow);
}

void SessionWindow::closeEvent(QCloseEvent *event)
{
    QSettings settings(UiTools::organization(), settingsName());
    m_pane->save(settings);
    FileWindow::closeEvent(event);
}

bool SessionWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        readShown();
    return FileWindow::eventFilter(watched, event);
}

void SessionWindow::fileGrown()
{
    const QString count = m_file.count() == 1 ? tr("1 line") : tr("%1 lines").arg(QLocale().toString(m_file.count()));
    statusBar()->showMessage(m_file.isComplete() ? count : tr("%1, reading…").arg(count));
    if (m_file.isComplete())
        m_connectionReader.readConnections(m_file.savedPart(0));
}

void SessionWindow::takeConnections(const SessionReader::Batch &batch)
{
    for (size_t i = 0; i < batch.steps.size(); ++i)
        m_connections.push_back({batch.steps[i].connection, batch.rows[i]});
    m_list->setCount(int(m_connections.size()));
    m_combo->refresh();
    if (batch.isLast && m_connections.empty())
        m_sequence->view()->setEmptyText(tr("This session has no connection."));
    else if (m_combo->currentIndex() < 0)
        m_combo->setCurrentIndex(0);
}

QString SessionWindow::connectionName(const Connection &connection) const
{
    const Step first = m_file.at(connection.firstRow); // or an Error, if the file has changed
    const bool isClient = first.side == Side::Client;
    return FileWindow::connectionName(connection.number, isClient ? first.local : first.peer,
                                      isClient ? first.peer : first.local);
}

void SessionWindow::showConnection()
{
    m_stepReader.cancel();
    m_sequence->model().showConnection(0);
    m_recording.clearSteps();
    m_rows.clear();
    m_shown = 0;
    readShown();
}

void SessionWindow::readShown()
{
    if (m_shown > 0 || m_combo->currentIndex() < 0 || !m_sequence->isVisible())
        return;
    const Connection &connection = m_connections[size_t(m_combo->currentIndex())];
    m_shown = connection.number;
    m_sequence->model().showConnection(m_shown);
    m_stepReader.readSteps(m_file.savedPart(connection.firstRow), m_shown);
}

void SessionWindow::takeSteps(const SessionReader::Batch &batch)
{
    m_rows.insert(m_rows.end(), batch.rows.begin(), batch.rows.end());
    m_recording.addSteps(batch.steps);
}

/// Its place in the recording; invalid: it is of another connection.
StepRow SessionWindow::stepOfRow(qsizetype row) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), quint32(row));
    return found != m_rows.end() && *found == row ? StepRow(found - m_rows.begin()) : StepRow();
}

#include "moc_sessionwindow.cpp"
