// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export/exporter.h"
#include "ui/forms/examplecaptures.h"
#include "ui/tools/fileopener.h"

#include <QMenu>

#include <functional>

class StatusLine;

/// The Session menu of every window: Open, Open Example, Watch a Port, Export and Quit. Asks for a window for what is
/// opened (see WindowOpener). Owned by the window.
class SessionMenu : public QMenu
{
    Q_OBJECT
public:
    /// What Export writes.
    struct Source {
        ExportSource files;
        const LadderModel *ladder = nullptr; ///< what the window shows; null: as `files` says
        QString name;                        ///< proposed for the file, without a suffix
    };

    SessionMenu(std::function<Source()> source, QWidget *window);
    void tellIn(StatusLine &notices); ///< shows notices for the signals
    QAction *quitAction() const { return m_quit; }
    /// One file; or two captures of the same conversation: capturesFound() or failed() follows.
    void openFiles(const QStringList &paths);
    void openFile(const QString &path); ///< a session or a capture; fileFound() or failed() follows
    /// Starts when earlier exports are done; exported(), exportCancelled() or failed() follows.
    void exportTo(const QString &path);
    /// The bytes of the connection that the window shows; only: of one end.
    void exportStream(const QString &path, std::optional<Side> only);
    void cancelExport(); ///< the running one

    /// The kinds of file that can be made of a source, as a dialog's name filters.
    static QStringList exportFilters(const ExportSource &source);

signals:
    void fileFound(const FileLook &look); ///< these four ask for a window
    void capturesFound(const QString &first, const QString &second);
    void exampleRequested(const ExampleCaptures::Example &example);
    void watchRequested(const QString &interface, quint16 port);
    void failed(const QString &sentence); ///< to open or to export a file
    void exported(const QString &sentence);
    void exportProgressed(const QString &sentence); ///< of one that takes a while
    void exportCancelled(const QString &sentence);
    void openingSlowly(const QString &sentence);
    void opened();
    void closeRequested();

private:
    void addExamples();
    void chooseFile();
    void choosePort();
    void chooseExport();
    void tell(const ExportOutcome &outcome);

    std::function<Source()> m_source;
    QWidget *m_window;
    QAction *m_quit;
    Exporter m_exporter;
    FileOpener m_opener;
};
