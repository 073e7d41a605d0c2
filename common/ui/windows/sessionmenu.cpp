// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sessionmenu.h"

#include "export/exportkind.h"
#include "ladder/laddermodel.h"
#include "opendialog.h"
#include "picture/picturesaver.h"
#include "ui/forms/watchform.h"
#include "ui/status/statusline.h"
#include "ui/tools/uitools.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

SessionMenu::SessionMenu(std::function<Source()> source, QWidget *window)
    : QMenu(tr("&Session"), window)
    , m_source(std::move(source))
    , m_window(window)
    , m_exporter(PictureSaver::save, this)
    , m_opener(this)
{
    QAction *open = addAction(tr("&Open…"), this, &SessionMenu::chooseFile);
    open->setShortcut(QKeySequence::Open);
    addExamples();
    addAction(tr("&Watch a Port…"), this, &SessionMenu::choosePort)->setObjectName(QStringLiteral("watchAction"));
    QAction *toFile = addAction(tr("&Export…"), this, &SessionMenu::chooseExport);
    toFile->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    addSeparator();
    m_quit = addAction(tr("&Quit"), this, &SessionMenu::closeRequested);
    m_quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    connect(&m_exporter, &Exporter::progressed, this, [this](int percent) {
        emit exportProgressed(tr("Exporting to %1: %2 %").arg(QFileInfo(m_exporter.path()).fileName()).arg(percent));
    });
    connect(&m_exporter, &Exporter::finished, this, &SessionMenu::tell);
    connect(&m_opener, &FileOpener::slow, this,
            [this](const QString &path) { emit openingSlowly(tr("Opening %1…").arg(path)); });
    connect(&m_opener, &FileOpener::lookedAtBoth, this, [this](const QString &first, const QString &second) {
        emit opened();
        emit capturesFound(first, second);
    });
    connect(&m_opener, &FileOpener::looked, this, [this](const FileLook &look) {
        emit opened();
        if (look.kind == FileLook::Kind::Nothing)
            emit failed(look.error);
        else
            emit fileFound(look);
    });
}

void SessionMenu::tellIn(StatusLine &notices)
{
    const auto key = QStringLiteral("export");
    const auto openKey = QStringLiteral("opening");
    const auto show = [&notices, key](const QString &sentence) { notices.show({.key = key, .text = sentence}); };
    connect(this, &SessionMenu::exported, &notices, show);
    connect(this, &SessionMenu::exportCancelled, &notices, show);
    connect(this, &SessionMenu::failed, &notices, [&notices, key](const QString &sentence) {
        notices.show({.key = key, .level = Notice::Level::Error, .text = sentence});
    });
    connect(this, &SessionMenu::exportProgressed, &notices, [this, &notices, key](const QString &sentence) {
        notices.show({.key = key, .kind = Notice::Kind::Question, .text = sentence, .actions = {{tr("Cancel"), [this] {
                                                                                                     cancelExport();
                                                                                                 }}}});
    });
    connect(this, &SessionMenu::openingSlowly, &notices, [this, &notices, openKey](const QString &sentence) {
        notices.show({.key = openKey,
                      .kind = Notice::Kind::Question,
                      .text = sentence,
                      .actions = {{tr("Cancel"), [this] { m_opener.giveUp(); }}}});
    });
    connect(this, &SessionMenu::opened, &notices, [&notices, openKey] { notices.remove(openKey); });
}

void SessionMenu::addExamples()
{
    QMenu *examples = addMenu(tr("Open E&xample"));
    examples->setToolTipsVisible(true);
    for (const ExampleCaptures::Example &example : ExampleCaptures::all()) {
        QAction *action = examples->addAction(example.title, this, [this, example] { emit exampleRequested(example); });
        action->setObjectName(example.name);
        action->setToolTip(example.toolTip);
    }
}

void SessionMenu::chooseFile()
{
    const QString near = m_source().files.session;
    auto *dialog = new OpenDialog(near.isEmpty() ? QString() : QFileInfo(near).absolutePath(), m_window);
    connect(dialog, &QFileDialog::filesSelected, this, &SessionMenu::openFiles);
    dialog->show();
}

void SessionMenu::choosePort()
{
    auto *form = new WatchForm(m_window);
    connect(form, &WatchForm::watchRequested, this, &SessionMenu::watchRequested);
    form->show();
}

void SessionMenu::openFiles(const QStringList &paths)
{
    if (paths.size() == 1)
        openFile(paths.constFirst());
    else if (paths.size() == 2)
        m_opener.openBoth(paths[0], paths[1]);
    else if (!paths.isEmpty())
        emit failed(tr("Two captures can be shown together, not %1.").arg(paths.size()));
}

void SessionMenu::openFile(const QString &path)
{
    m_opener.open(path);
}

QStringList SessionMenu::exportFilters(const ExportSource &source)
{
    QStringList filters{tr("Text (*.txt)"),
                        tr("JSON Lines (*.jsonl)"),
                        tr("CSV (*.csv)"),
                        tr("The ladder as SVG (*.svg)"),
                        tr("The ladder as PNG (*.png)"),
                        tr("The ladder as Mermaid (*.mmd)")};
    if (!source.capture.isEmpty()) {
        filters.append(tr("The bytes of the connection (*.bin)"));
        filters.append(source.session.isEmpty() ? tr("Capture (*.pcapng)")
                                                : tr("Capture with the steps as comments (*.pcapng)"));
    }
    return filters;
}

void SessionMenu::chooseExport()
{
    const Source source = m_source();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(m_window, tr("Export"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(exportFilters(source.files));
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(source.name);
    UiTools::followFilter(*dialog);
    connect(dialog, &QFileDialog::fileSelected, this, &SessionMenu::exportTo);
    dialog->show();
}

void SessionMenu::exportTo(const QString &path)
{
    Source source = m_source();
    const auto kind = exportKindOf(path);
    if (source.ladder && kind && isOfOneConnection(*kind))
        source.files.shown = source.ladder->shown();
    m_exporter.start(source.files, path);
}

void SessionMenu::exportStream(const QString &path, std::optional<Side> only)
{
    Source source = m_source();
    source.files.shown = source.ladder->shown();
    source.files.side = only;
    m_exporter.start(source.files, path);
}

void SessionMenu::cancelExport()
{
    m_exporter.cancel();
}

void SessionMenu::tell(const ExportOutcome &outcome)
{
    if (outcome.isCancelled)
        emit exportCancelled(tr("The export was cancelled: %1 was not written.").arg(m_exporter.path()));
    else if (!outcome.error.isEmpty())
        emit failed(outcome.error);
    else
        emit exported(outcome.note.isEmpty() ? tr("Exported to %1.").arg(m_exporter.path()) : outcome.note);
}

#include "moc_sessionmenu.cpp"
