; [P2] Windows: Evertill is not replaced or removed while a till of this user has something that the cloud has
; not, or a sale is open. The program answers with 71 (host/node/exit-codes.ts); 75 means that it is running.
; electron-builder includes this file by `nsis.include`.

!macro askEvertill what
  ${if} ${FileExists} "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
    ExecWait '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --leave-check ${what}' $0
    ${if} $0 == 71
      MessageBox MB_OK|MB_ICONSTOP "Sales of this till are not in the cloud yet, or a sale is open.$\r$\n$\r$\nThe way out: start Evertill and connect this machine to the network. It sends them by itself. When its sync page says that everything is in the cloud, close it and try again.$\r$\n$\r$\nNothing is lost meanwhile." /SD IDOK
      SetErrorLevel 71
      Quit
    ${endif}
    ${if} $0 == 75
      MessageBox MB_OK|MB_ICONSTOP "Evertill is running. Close it, and try again." /SD IDOK
      SetErrorLevel 75
      Quit
    ${endif}
  ${endif}
!macroend

!macro customInit
  !insertmacro askEvertill update
!macroend

!macro customUnInit
  ; An update removes the version before it: that one was asked for already.
  ${ifNot} ${isUpdated}
    !insertmacro askEvertill uninstall
  ${endif}
!macroend
