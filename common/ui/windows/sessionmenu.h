// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "export/exporter.h"
#include "ui/tools/fileopener.h"

#include <QMenu>

#include <functional>
#include <memory>

class FileWindow;
class StatusLine;

/// The Session menu: Open, Open Example, Watch a Port, Export and Quit, in windows of all kinds. What is opened gets a window of its own.
/// Owned by a window's menu bar.
class SessionMenu : public QMenu
{
    Q_OBJECT
public:
    /// What Export writes.
    struct Source {
        ExportSource files;
        const LadderModel *ladder = nullptr; ///< what the window shows; null: files say it
        QString name;                        ///< proposed for the file, without a suffix
    };

    SessionMenu(std::function<Source()> source, QWidget *window);
    void tellIn(StatusLine &notices); ///< what the signals say
    QAction *quitAction() const { return m_quit; }
    void openFile(const QString &path); ///< a session or a capture, in a window of its own
    /// exported(), exportCancelled() or failed() follows; after those of the exports before, which are waited for.
    void exportTo(const QString &path);
    void cancelExport(); ///< the one that runs

    /// The kinds of file that can be made of a source, as a dialog's name filters.
    static QStringList exportFilters(const ExportSource &source);

signals:
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
    void show(std::unique_ptr<FileWindow> opened);
    void tell(const ExportOutcome &outcome);

    std::function<Source()> m_source;
    QWidget *m_window;
    QAction *m_quit;
    Exporter m_exporter;
    FileOpener m_opener;
};
